/** Tests of the package of the same name. */
@NullMarked
package dev.temper.platform.notice;

import org.jspecify.annotations.NullMarked;
