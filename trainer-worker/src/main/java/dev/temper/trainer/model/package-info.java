/** Decoder language models: their layers, forward and backward, and what of them learns. */
@NullMarked
package dev.temper.trainer.model;

import org.jspecify.annotations.NullMarked;
