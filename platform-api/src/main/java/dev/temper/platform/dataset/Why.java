package dev.temper.platform.dataset;

import dev.temper.data.learn.Fate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which rows of a preview are wanted, by what a cutoff does to them. */
public enum Why {
    ALL,
    /** Those that lose something, whether they are trained on or not. */
    TRUNCATED,
    ANSWER_CUT,
    ANSWER_LOST,
    /** Those that never reach the end of their last answer. */
    ENDLESS,
    /** Those that teach nothing, whatever the reason. */
    LEFT_OUT;

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Why> of(String id) {
        return Arrays.stream(values()).filter(why -> why.id().equals(id)).findFirst();
    }

    /** @param fate null for a row without tokens */
    boolean is(@Nullable Fate fate) {
        if (fate == null) {
            return this == ALL || this == LEFT_OUT;
        }
        return switch (this) {
            case ALL -> true;
            case TRUNCATED -> fate.affected();
            case ANSWER_CUT -> fate.answerCut();
            case ANSWER_LOST -> fate.answerLost();
            case ENDLESS -> fate.endless();
            case LEFT_OUT -> fate.loss() != null;
        };
    }
}
