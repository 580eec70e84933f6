/** Weights on disk: safetensors, GGUF, Hugging Face and PEFT folders, read without a copy and written whole or not at all. */
@NullMarked
package dev.temper.model.weights;

import org.jspecify.annotations.NullMarked;
