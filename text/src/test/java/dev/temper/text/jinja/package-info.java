/** Tests of the package of this name. */
@NullMarked
package dev.temper.text.jinja;

import org.jspecify.annotations.NullMarked;
