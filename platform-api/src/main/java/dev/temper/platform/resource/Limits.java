package dev.temper.platform.resource;

import dev.temper.platform.common.ErrorCode;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What numbers and texts of this feature may be; the tables' checks say the same. */
final class Limits {
    static final int DEVICES = 100_000;
    private static final int LABELS = 50;
    private static final Pattern LABEL = Pattern.compile("[a-z0-9][a-z0-9._/-]{0,62}=[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    private Limits() {}

    static void range(String field, long value, long min, long max) {
        if (value < min || value > max) {
            throw ErrorCode.FIELD_OUT_OF_RANGE.at(field).with("min", min).with("max", max);
        }
    }

    static void text(String field, String value, int max) {
        if (value.codePointCount(0, value.length()) > max) {
            throw ErrorCode.FIELD_TOO_LONG.at(field).with("max", max);
        }
        if (value.codePoints()
                .anyMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE)) {
            throw ErrorCode.FIELD_UNSTORABLE_TEXT.at(field);
        }
    }

    /** In order and each once. */
    static List<String> labels(String field, List<String> labels) {
        if (labels.size() > LABELS) {
            throw ErrorCode.FIELD_TOO_LONG.at(field).with("max", LABELS);
        }
        for (@Nullable String label : labels) {
            if (label == null || !LABEL.matcher(label).matches()) {
                throw ErrorCode.FIELD_NOT_IN_FORM.at(field).with("form", "gpu=a100-80g");
            }
        }
        return List.copyOf(new TreeSet<>(labels));
    }
}
