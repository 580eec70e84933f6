package dev.temper.model;

/** The non-linearity of the gated feed-forward block. */
public enum Activation {
    /** x·σ(x), of Llama, Mistral and Qwen. */
    SILU,
    /** GELU by its tanh approximation, of Gemma. */
    GELU_TANH
}
