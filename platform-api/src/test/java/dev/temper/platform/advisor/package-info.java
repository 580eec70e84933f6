/** What advice comes to. */
@NullMarked
package dev.temper.platform.advisor;

import org.jspecify.annotations.NullMarked;
