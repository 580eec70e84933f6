/** The base model in the box: makes its corpus, its tokenizer and its untrained weights; training is the trainer's. */
@NullMarked
package dev.temper.trainer.box;

import org.jspecify.annotations.NullMarked;
