/** Tests of the package of the same name. */
@NullMarked
package dev.temper.platform.resource;

import org.jspecify.annotations.NullMarked;
