package dev.temper.trainer.data;

import dev.temper.text.template.Sample;

/** What became of a row: tokens, or the reason it is left out. */
sealed interface Encoded {
    /** @param controlTokens whether what is said holds text that acts as markup */
    record Kept(Sample sample, boolean controlTokens) implements Encoded {}

    record Left(Skip reason, String detail) implements Encoded {}
}
