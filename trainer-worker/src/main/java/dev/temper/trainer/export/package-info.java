/** What a trained model becomes: adapters folded in, folders and GGUF files made of each other. */
@NullMarked
package dev.temper.trainer.export;

import org.jspecify.annotations.NullMarked;
