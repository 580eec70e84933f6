/** Tests of the package of this name. */
@NullMarked
package dev.temper.text.tokenizer;

import org.jspecify.annotations.NullMarked;
