package dev.temper.platform.openai;

import dev.temper.platform.common.ErrorCode;
import java.util.List;

/** What a file is for. Only what is to be trained on is read; the others are kept as they came. */
final class Purpose {
    static final String FINE_TUNE = "fine-tune";
    private static final List<String> ALL = List.of("assistants", "batch", FINE_TUNE, "vision", "user_data", "evals");

    private Purpose() {}

    static String known(String purpose) {
        if (!ALL.contains(purpose)) {
            throw ErrorCode.FIELD_NOT_A_CHOICE
                    .at("/purpose")
                    .with("value", purpose)
                    .with("choices", String.join(", ", ALL));
        }
        return purpose;
    }
}
