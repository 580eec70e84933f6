package dev.temper.data.clean;

import dev.temper.data.recipe.Setting;
import dev.temper.data.recipe.Settings;
import dev.temper.data.recipe.Step;
import dev.temper.data.recipe.StepContext;
import dev.temper.data.recipe.StepKind;
import java.util.List;

/** Holds rows to a number of tokens, as the chosen model counts them. */
public final class TokenLimit implements StepKind {
    /** What happens to a row that is longer. */
    enum TooLong {
        /**
         * The earliest exchanges go first, then the end of the last answer, at the end of a sentence where there is one;
         * a row whose question alone is too long is left out.
         */
        CUT,
        /** It becomes several: plain text at ends of paragraphs and sentences, a conversation between exchanges. */
        SPLIT,
        LEAVE_OUT
    }

    static final Setting<Integer> TOKENS = new Setting.Whole("tokens", 512, 8, 10_000_000);
    static final Setting<TooLong> TOO_LONG = new Setting.Choice<>("tooLong", TooLong.CUT);
    /** What a template puts around a turn. */
    static final Setting<Integer> PER_TURN = new Setting.Whole("perTurn", 5, 0, 100);

    static final Setting<String> MODEL = new Setting.Words("model", "", 0, 200);

    @Override
    public String name() {
        return "token_limit";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(TOKENS, TOO_LONG, PER_TURN, MODEL);
    }

    @Override
    public List<String> reasons() {
        return List.of("too_many_tokens");
    }

    @Override
    public Step open(Settings settings, StepContext context) {
        TokenCount count = new TokenCount(
                context.run().tokenizers().apply(settings.get(MODEL)), settings.get(TOKENS), settings.get(PER_TURN));
        return new Fitting(count, settings.get(TOO_LONG));
    }
}
