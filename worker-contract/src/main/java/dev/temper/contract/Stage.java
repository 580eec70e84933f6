package dev.temper.contract;

import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.annotation.EnumNaming;

/** What the run learns from its rows. */
@EnumNaming(EnumNamingStrategies.SnakeCaseStrategy.class)
public enum Stage {
    /** Answers to prompts; only the answers are learned. */
    SFT,
    /** Running text, every token of it. */
    PRETRAIN
}
