package dev.temper.data.learn;

import java.util.Locale;

/** Why a row teaches nothing, by the names that trainings report. */
public enum Loss {
    EMPTY(1),
    ROLES_OUT_OF_ORDER(2),
    UNSUPPORTED_TURN(3),
    UNENCODABLE(4),
    /** The cutoff leaves no token of an answer. */
    NOTHING_TO_LEARN(5),
    /** The cutoff goes through a prompt, and with it what introduces the answer. */
    PROMPT_TOO_LONG(6);

    /** How files of lengths have it; never changed. */
    private final int number;

    Loss(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static Loss of(int number) {
        for (Loss loss : values()) {
            if (loss.number == number) {
                return loss;
            }
        }
        throw new IllegalArgumentException("no loss has the number " + number);
    }

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a greater cutoff would mend it. */
    public boolean byCutoff() {
        return this == NOTHING_TO_LEARN || this == PROMPT_TOO_LONG;
    }
}
