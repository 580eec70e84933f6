/** Tests of the package of the same name. */
@NullMarked
package dev.temper.platform.model;

import org.jspecify.annotations.NullMarked;
