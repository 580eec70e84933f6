package dev.temper.platform.model;

import dev.temper.platform.common.ErrorCode;
import java.util.regex.Pattern;

/** What people type about models, made clean or refused with the field's name. */
final class ModelInput {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Pattern URL = Pattern.compile("https?://\\S{1,490}");
    private static final int LICENCE_NAME = 100;
    private static final int LICENCE_TEXT = 200_000;

    private ModelInput() {}

    static String name(String typed) {
        String clean = typed.strip();
        if (clean.isEmpty()) {
            throw ErrorCode.FIELD_REQUIRED.at("/name");
        }
        if (!NAME.matcher(clean).matches()) {
            throw ErrorCode.FIELD_NOT_IN_FORM.at("/name").with("form", "Qwen3-1.7B");
        }
        return clean;
    }

    /** A name as a file or a repository suggests it. */
    static String suggested(String from) {
        String last = from.substring(from.lastIndexOf('/') + 1).replaceFirst("(?i)\\.gguf$", "");
        String clean = last.replaceAll("[^A-Za-z0-9._-]+", "-").replaceFirst("^[._-]+", "");
        return clean.isEmpty() ? "model" : clean.substring(0, Math.min(100, clean.length()));
    }

    static String text(String field, String typed, int most) {
        String clean = typed.strip();
        if (clean.codePointCount(0, clean.length()) > most) {
            throw ErrorCode.FIELD_TOO_LONG.at(field).with("max", most);
        }
        if (clean.codePoints()
                .anyMatch(c -> (c < ' ' && c != '\n' && c != '\r' && c != '\t') || (c >= 0xD800 && c < 0xE000))) {
            throw ErrorCode.FIELD_UNSTORABLE_TEXT.at(field);
        }
        return clean;
    }

    /** What others have written, short enough to be kept. */
    static String cut(String text, int most) {
        String clean = text.replaceAll("\\p{Cntrl}", " ").strip();
        return clean.substring(0, Math.min(most, clean.length()));
    }

    static Licence licence(Licence typed) {
        String url = text("/licence/url", typed.url(), 500);
        // A link on a page: nothing but the web's own schemes.
        if (!url.isEmpty() && !URL.matcher(url).matches()) {
            throw ErrorCode.FIELD_NOT_IN_FORM.at("/licence/url").with("form", "https://example.com/licence");
        }
        return new Licence(
                text("/licence/name", typed.name(), LICENCE_NAME),
                url,
                text("/licence/text", typed.text(), LICENCE_TEXT),
                typed.commercialUse(),
                typed.gated());
    }
}
