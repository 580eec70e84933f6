package dev.temper.platform.openai.web;

import dev.temper.platform.common.ErrorCode;

/** How many a page may have. */
final class Limit {
    private Limit() {}

    static int of(int asked, int most) {
        if (asked < 1 || asked > most) {
            throw ErrorCode.PARAMETER_WRONG
                    .at("limit")
                    .with("parameter", "limit")
                    .with("expected", "1–" + most);
        }
        return asked;
    }
}
