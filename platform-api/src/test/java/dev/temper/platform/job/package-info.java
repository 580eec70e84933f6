/** Tests of the package of the same name. */
@NullMarked
package dev.temper.platform.job;

import org.jspecify.annotations.NullMarked;
