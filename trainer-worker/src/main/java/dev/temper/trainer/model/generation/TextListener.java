package dev.temper.trainer.model.generation;

/** Hears texts while they grow. */
@FunctionalInterface
public interface TextListener {
    /** Hears nothing. */
    TextListener NONE = (sequence, text) -> true;

    /**
     * A piece that is certain: whole characters, nothing of a string that ends the text.
     *
     * @param sequence which of the texts of a batch
     * @return whether to go on
     */
    boolean grown(int sequence, String text);
}
