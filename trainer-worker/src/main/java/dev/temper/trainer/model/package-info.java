/** Decoder language models: their configuration, their layers, and what their families differ in. */
@NullMarked
package dev.temper.trainer.model;

import org.jspecify.annotations.NullMarked;
