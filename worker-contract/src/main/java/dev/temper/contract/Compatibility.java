package dev.temper.contract;

import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.annotation.EnumNaming;

/** Whose decisions hold where ours differ from those of the program a file was written for. */
@EnumNaming(EnumNamingStrategies.SnakeCaseStrategy.class)
public enum Compatibility {
    /** Text is text; rows whose truncation leaves nothing whole to learn are counted and left out. */
    NONE,
    /**
     * The batches are the same as LLaMA-Factory's: control tokens written in a user's text act as such, slots such as
     * <code>{{idx}}</code> are replaced, rows cut off are kept.
     */
    LLAMA_FACTORY
}
