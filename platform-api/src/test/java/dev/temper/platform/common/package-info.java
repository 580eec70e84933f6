/** Tests of the package of the same name. */
@NullMarked
package dev.temper.platform.common;

import org.jspecify.annotations.NullMarked;
