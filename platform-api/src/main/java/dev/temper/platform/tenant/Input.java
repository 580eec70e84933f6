package dev.temper.platform.tenant;

import dev.temper.platform.common.ErrorCode;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What people type, made clean or refused with the field's name. */
final class Input {
    private static final int NAME = 100;
    private static final int EMAIL = 254;
    private static final List<String> LOCALES = List.of("en", "zh-CN");
    private static final Pattern EMAIL_FORM =
            Pattern.compile("[^\\s@<>\"(),:;\\[\\]\\\\]{1,64}@[\\p{L}\\p{N}]([\\p{L}\\p{N}.-]*[\\p{L}\\p{N}])?");

    private Input() {}

    /** One line of text that says something, without control characters. */
    static String name(String field, String text) {
        String clean = text.strip();
        if (clean.isEmpty()) {
            throw ErrorCode.FIELD_REQUIRED.at(field);
        }
        if (clean.codePointCount(0, clean.length()) > NAME) {
            throw ErrorCode.FIELD_TOO_LONG.at(field).with("max", NAME);
        }
        if (clean.codePoints().anyMatch(Input::unfit)) {
            throw ErrorCode.FIELD_UNSTORABLE_TEXT.at(field);
        }
        return clean;
    }

    /** An address in lower case: nobody is told apart by capitals. */
    static String email(String field, String text) {
        String clean = text.strip().toLowerCase(Locale.ROOT);
        if (clean.length() > EMAIL) {
            throw ErrorCode.FIELD_TOO_LONG.at(field).with("max", EMAIL);
        }
        if (!EMAIL_FORM.matcher(clean).matches() || clean.contains("..")) {
            throw ErrorCode.FIELD_NOT_EMAIL.at(field);
        }
        return clean;
    }

    static String timeZone(String field, String text) {
        if (!ZoneId.getAvailableZoneIds().contains(text)) {
            throw ErrorCode.FIELD_NOT_IN_FORM.at(field).with("form", "Asia/Shanghai, Europe/Berlin, UTC");
        }
        return text;
    }

    static String locale(String field, String text) {
        if (!LOCALES.contains(text)) {
            throw ErrorCode.FIELD_NOT_A_CHOICE.at(field).with("value", text).with("choices", LOCALES);
        }
        return text;
    }

    private static boolean unfit(int codePoint) {
        return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
    }
}
