package dev.temper.platform.common;

import dev.temper.contract.CodedException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * The words for what other modules refuse or leave out: their sentences are in English and come with them, ours are in
 * both languages, by the same codes and with the same facts.
 */
public final class CodedTexts {
    private static final String VARIANT = "variant";

    private CodedTexts() {}

    /**
     * One refusal in one language.
     *
     * @param title what kind of refusal it is, the same each time
     * @param detail what happened and where
     * @param remedy what to do; may be empty
     */
    public record Said(String title, String detail, String remedy) {
        /** All but the title, as one paragraph. */
        public String sentence(Locale locale) {
            String space = locale.getLanguage().equals("zh") ? "" : " ";
            return remedy.isEmpty() ? detail : detail + space + remedy;
        }
    }

    /** One of several things that are wrong, and where: a JSON pointer. */
    public record CodedFault(String pointer, String code, String sentence) {}

    /** What is wrong with what was given, each with its place; empty where the failure names no places. */
    public static List<CodedFault> faults(CodedException failure, Locale locale) {
        List<CodedFault> faults = new ArrayList<>();
        if (failure.details().get("problems") instanceof Collection<?> problems) {
            for (Object problem : problems) {
                if (problem instanceof Map<?, ?> facts) {
                    faults.add(fault(facts, locale));
                }
            }
        }
        return List.copyOf(faults);
    }

    private static CodedFault fault(Map<?, ?> told, Locale locale) {
        Map<String, Object> facts = new LinkedHashMap<>();
        told.forEach((name, value) -> facts.put(String.valueOf(name), value));
        String code = String.valueOf(facts.get("code"));
        Said said = find(code, facts, locale)
                .orElse(new Said(code, String.valueOf(facts.get("message")), String.valueOf(facts.get("remedy"))));
        return new CodedFault(String.valueOf(facts.get("pointer")), code, said.sentence(locale));
    }

    /** The failure in a language; in English, as it came, where we have no words for its code. */
    public static Said of(CodedException failure, Locale locale) {
        String message = failure.getMessage();
        return find(failure.code(), failure.details(), locale).orElse(new Said(message, message, failure.remedy()));
    }

    /** The words for a code, with its facts filled in; empty where there are none. */
    public static Optional<Said> find(String code, Map<String, ?> facts, Locale locale) {
        ResourceBundle words = words(locale);
        if (!words.containsKey(code + ".title")) {
            return Optional.empty();
        }
        return Optional.of(new Said(
                words.getString(code + ".title"),
                filled(words, code + ".detail", facts, locale),
                filled(words, code + ".remedy", facts, locale)));
    }

    /** What kind of refusal a code stands for; the code itself where we have no words. */
    public static String title(String code, Locale locale) {
        ResourceBundle words = words(locale);
        String key = code + ".title";
        return words.containsKey(key) ? words.getString(key) : code;
    }

    /** The sentence of a code with its facts left open, for the page that explains it; empty where we have no words. */
    public static Optional<Said> pattern(String code, Locale locale) {
        return find(code, Map.of(), locale);
    }

    private static String filled(ResourceBundle words, String key, Map<String, ?> facts, Locale locale) {
        @Nullable Object variant = facts.get(VARIANT);
        String special = key + "." + variant;
        String text = words.getString(variant != null && words.containsKey(special) ? special : key);
        return ErrorTexts.fill(text, place -> ErrorTexts.show(readable(facts.get(place)), place, locale));
    }

    /** Facts that were kept as JSON are lists and maps of plain values. */
    private static @Nullable Object readable(@Nullable Object fact) {
        return fact instanceof Collection<?> || fact instanceof Number || fact == null ? fact : fact.toString();
    }

    private static ResourceBundle words(Locale locale) {
        return ErrorTexts.bundle("coded", locale);
    }
}
