package dev.temper.web.compute;

import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Word;
import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/** Numbers as people type them: also in full width, also with separators. */
final class Numbers {
    private Numbers() {}

    /** A whole number, which has to be there. */
    static int whole(String field, String typed) {
        Long read = wholeOrNone(field, typed);
        if (read == null) {
            throw ErrorCode.FIELD_REQUIRED.at(field);
        }
        return Math.clamp(read, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /** A whole number; null where nothing was typed, which stands for no limit. */
    static @Nullable Long wholeOrNone(String field, String typed) {
        String bare = Normalizer.normalize(typed, Normalizer.Form.NFKC).replaceAll("[\\s,_]", "");
        if (bare.isEmpty()) {
            return null;
        }
        if (!bare.matches("-?\\d{1,12}")) {
            throw ErrorCode.FIELD_WRONG_TYPE.at(field).with("expected", Word.WHOLE_NUMBER);
        }
        return Long.valueOf(bare);
    }
}
