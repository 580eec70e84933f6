/** How workers reach the platform: they enrol, take runs, say that they live, tell what happened, and bring results. */
@NullMarked
package dev.temper.platform.workerlink;

import org.jspecify.annotations.NullMarked;
