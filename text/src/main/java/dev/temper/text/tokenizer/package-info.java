/** Text to token ids and back, exactly as Hugging Face's library computes it, from a folder or from memory. */
@NullMarked
package dev.temper.text.tokenizer;

import org.jspecify.annotations.NullMarked;
