/** Tests of the worker link, over HTTP as workers speak. */
@NullMarked
package dev.temper.platform.workerlink;

import org.jspecify.annotations.NullMarked;
