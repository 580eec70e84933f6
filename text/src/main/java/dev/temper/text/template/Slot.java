package dev.temper.text.template;

/** A part of a template that is tokenised on its own. */
sealed interface Slot {
    /** Literal markup, with {@code {{content}}} where the message goes. */
    record Literal(String text) implements Slot {}

    /** The tokenizer's BOS, nothing where it has none. */
    record Bos() implements Slot {}

    /** The tokenizer's EOS, nothing where it has none. */
    record Eos() implements Slot {}
}
