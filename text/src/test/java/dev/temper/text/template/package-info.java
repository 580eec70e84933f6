/** Tests of the package of this name. */
@NullMarked
package dev.temper.text.template;

import org.jspecify.annotations.NullMarked;
