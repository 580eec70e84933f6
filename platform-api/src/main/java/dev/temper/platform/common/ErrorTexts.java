package dev.temper.platform.common;

import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The words of every {@link ErrorCode}: a title that never varies and a sentence with the facts of the case. */
public final class ErrorTexts {
    /** The languages the platform speaks; the first is what somebody gets who asks for neither. */
    public static final List<Locale> LOCALES = List.of(Locale.ENGLISH, Locale.SIMPLIFIED_CHINESE);

    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");
    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private ErrorTexts() {}

    /** What kind of failure this is, the same for every occurrence. */
    public static String title(ErrorCode code, Locale locale) {
        return text(code.code() + ".title", locale);
    }

    /** What happened, why, and what to do. */
    public static String detail(Problem problem, Locale locale) {
        return detail(problem.code(), problem.facts(), locale);
    }

    public static String detail(ErrorCode code, Map<String, Object> facts, Locale locale) {
        return fill(text(code.code() + ".detail", locale), place -> show(facts.get(place), place, locale));
    }

    /** The sentence with its facts left open, for the page that explains the code. */
    public static String pattern(ErrorCode code, Locale locale) {
        return fill(text(code.code() + ".detail", locale), place -> "‹" + place + "›");
    }

    /** The best of our languages for an {@code Accept-Language} header; never fails, whatever it says. */
    public static Locale pick(@Nullable String acceptLanguage) {
        if (acceptLanguage == null || acceptLanguage.isBlank()) {
            return LOCALES.getFirst();
        }
        try {
            for (Locale.LanguageRange range : Locale.LanguageRange.parse(acceptLanguage)) {
                for (Locale locale : LOCALES) {
                    if (range.getWeight() > 0 && spoken(range.getRange()).equals(locale.getLanguage())) {
                        return locale;
                    }
                }
            }
        } catch (IllegalArgumentException notALanguageHeader) {
            return LOCALES.getFirst();
        }
        return LOCALES.getFirst();
    }

    /** The one of our languages that is nearest to a locale. */
    public static Locale nearest(Locale locale) {
        return pick(locale.toLanguageTag());
    }

    private static String spoken(String range) {
        int dash = range.indexOf('-');
        return dash < 0 ? range : range.substring(0, dash);
    }

    /** The words of a feature, in the one of our languages that is nearest to a locale. */
    public static ResourceBundle bundle(String name, Locale locale) {
        return ResourceBundle.getBundle(name, nearest(locale), ErrorTexts.class.getClassLoader(), NO_FALLBACK);
    }

    /** A sentence of a feature, with the facts of the case filled in where it names them. */
    public static String say(String bundle, String key, Map<String, ?> facts, Locale locale) {
        return fill(bundle(bundle, locale).getString(key), place -> show(facts.get(place), place, locale));
    }

    private static String text(String key, Locale locale) {
        return bundle("errors", locale).getString(key);
    }

    static String fill(String text, Function<String, String> values) {
        return PLACE.matcher(text).replaceAll(match -> Matcher.quoteReplacement(values.apply(match.group(1))));
    }

    static String show(@Nullable Object value, String place, Locale locale) {
        return switch (value) {
            case null -> "‹" + place + "›";
            case Word word -> text("word." + word.name().toLowerCase(Locale.ROOT), locale);
            case Number number -> NumberFormat.getInstance(locale).format(number);
            case Instant instant ->
                DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM)
                                .withLocale(locale)
                                .withZone(ZoneOffset.UTC)
                                .format(instant)
                        + " UTC";
            case Duration duration -> NumberFormat.getInstance(locale).format(Math.max(1, duration.toSeconds())) + " s";
            case Collection<?> many ->
                many.stream()
                        .map(one -> one instanceof Use(String kind, String name)
                                ? text("use." + kind, locale) + " " + name
                                : String.valueOf(one))
                        .collect(Collectors.joining(locale.getLanguage().equals("zh") ? "、" : ", "));
            default -> value.toString();
        };
    }
}
