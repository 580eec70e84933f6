package dev.temper.contract;

import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.annotation.EnumNaming;

/** The shape of a row. */
@EnumNaming(EnumNamingStrategies.SnakeCaseStrategy.class)
public enum DataFormat {
    /** Told from the first row. */
    AUTO,
    /** {@code instruction, input, output}, optionally {@code system} and {@code history}. */
    ALPACA,
    /** {@code conversations} of {@code from} and {@code value}. */
    SHAREGPT,
    /** {@code messages} of {@code role} and {@code content}. */
    OPENAI,
    /** {@code text} alone, for continued pre-training. */
    TEXT
}
