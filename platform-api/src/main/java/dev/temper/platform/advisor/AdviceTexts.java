package dev.temper.platform.advisor;

import dev.temper.platform.common.ErrorTexts;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.TreeMap;

/** The words of advice and warnings, in both languages. */
public final class AdviceTexts {
    private AdviceTexts() {}

    public static String of(Advice advice, Locale locale) {
        return text("rule." + advice.rule(), advice.facts(), locale);
    }

    public static String of(Warning warning, Locale locale) {
        return text("warning." + warning.code(), warning.facts(), locale);
    }

    /** Facts fill the places of a sentence in the order of their names. */
    private static String text(String key, Map<String, Object> facts, Locale locale) {
        ResourceBundle words = ErrorTexts.bundle("advice", locale);
        return new MessageFormat(words.getString(key), ErrorTexts.nearest(locale))
                .format(new TreeMap<>(facts).values().toArray());
    }
}
