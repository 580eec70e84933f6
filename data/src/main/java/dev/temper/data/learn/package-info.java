/** What a model would learn from rows, under its tokenizer, a template and a cutoff: counted, and shown token by token. */
@NullMarked
package dev.temper.data.learn;

import org.jspecify.annotations.NullMarked;
