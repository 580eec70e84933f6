package dev.temper.trainer.data;

import java.util.Locale;

/** Why a row is not trained on. */
public enum Skip {
    COLUMN_MISSING("the column that holds the text is missing"),
    EMPTY("there is no text in it, or in one of its turns"),
    ROLES_OUT_OF_ORDER("user and assistant don't alternate, or the last word is not the assistant's"),
    UNSUPPORTED_TURN("a turn is a tool's call or result, holds no text, or is marked not to be learned"),
    UNENCODABLE("its text can't be encoded"),
    PROMPT_TOO_LONG("truncation would cut into the prompt and what introduces the answer"),
    NOTHING_TO_LEARN("no token of an answer is left to learn");

    private final String reason;

    Skip(String reason) {
        this.reason = reason;
    }

    /** A sentence's half for people. */
    public String reason() {
        return reason;
    }

    /** The name in reports. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
