package dev.temper.data.clean;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells the language most of a text is in: by its script, and where several share the Latin one, by the small words that
 * every sentence has. No model is loaded and nothing is guessed: a text without such words has no language.
 */
public final class LanguageDetector {
    /** Letters looked at; the rest of a long text hardly changes the answer. */
    private static final int MOST = 4_000;
    /** Japanese is written with Chinese characters and kana; Chinese has no kana. */
    private static final double KANA = 0.05;

    private static final Map<Language, List<String>> WORDS = new EnumMap<>(
            Map.of(
                    Language.EN,
                            words(
                                    "the of and to in is that it for you with on as are this be at or have from not by was can"),
                    Language.DE,
                            words(
                                    "der die und das ist nicht ein eine zu den mit von sich auf für dem im sie auch es werden wird"),
                    Language.FR,
                            words(
                                    "le la les des et est une un que dans pour du qui pas sur avec ce il vous au sont être plus"),
                    Language.ES,
                            words(
                                    "el la los las de que y en un una es por con para del se no su al lo como más este son"),
                    Language.IT,
                            words(
                                    "il la che di e un una per non del della con sono è si le gli nel come anche questo più dei"),
                    Language.PT,
                            words(
                                    "o a os as de que e um uma do da em para não com se por mais dos como no na ao são é"),
                    Language.NL,
                            words(
                                    "de het een en van is dat niet op te zijn voor met die in er aan ook als bij door naar wordt")));
    private static final Map<String, List<Language>> LANGUAGES = byWord();

    private LanguageDetector() {}

    /** The language most of it is in; empty where nothing tells. */
    public static Optional<Language> of(String text) {
        Map<Language, Integer> letters = new EnumMap<>(Language.class);
        int latin = 0;
        int kana = 0;
        int all = 0;
        for (int i = 0; i < text.length() && all < MOST; i++) {
            char c = text.charAt(i);
            if (!Character.isLetter(c)) {
                continue;
            }
            all++;
            if (c < 0x250) {
                latin++;
            } else if (Scripts.isKana(c)) {
                kana++;
            } else {
                byScript(c).ifPresent(language -> letters.merge(language, 1, Integer::sum));
            }
        }
        int han = letters.getOrDefault(Language.ZH, 0);
        if (kana > KANA * (han + kana)) {
            letters.remove(Language.ZH);
            letters.put(Language.JA, han + kana);
        }
        Optional<Map.Entry<Language, Integer>> most =
                letters.entrySet().stream().max(Map.Entry.comparingByValue());
        // A character of Chinese says about as much as three letters.
        if (most.isPresent() && most.get().getValue() * 3 >= latin) {
            return Optional.of(most.get().getKey());
        }
        return latin == 0 ? Optional.empty() : byWords(text.substring(0, Math.min(text.length(), MOST)));
    }

    private static Optional<Language> byScript(char c) {
        @Nullable
        Language language = switch (Character.UnicodeScript.of(c)) {
            case HAN -> Language.ZH;
            case HANGUL -> Language.KO;
            case CYRILLIC -> Language.RU;
            case ARABIC -> Language.AR;
            case THAI -> Language.TH;
            case DEVANAGARI -> Language.HI;
            case GREEK -> Language.EL;
            case HEBREW -> Language.HE;
            default -> null;
        };
        return Optional.ofNullable(language);
    }

    private static Optional<Language> byWords(String text) {
        Map<Language, Integer> found = new EnumMap<>(Language.class);
        int start = -1;
        for (int i = 0; i <= text.length(); i++) {
            boolean inWord = i < text.length() && Character.isLetter(text.charAt(i));
            if (inWord && start < 0) {
                start = i;
            } else if (!inWord && start >= 0) {
                LANGUAGES
                        .getOrDefault(text.substring(start, i).toLowerCase(Locale.ROOT), List.of())
                        .forEach(language -> found.merge(language, 1, Integer::sum));
                start = -1;
            }
        }
        int most = found.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        List<Language> best = found.entrySet().stream()
                .filter(entry -> entry.getValue() == most)
                .map(Map.Entry::getKey)
                .toList();
        return best.size() == 1 ? Optional.of(best.getFirst()) : Optional.empty();
    }

    private static Map<String, List<Language>> byWord() {
        Map<String, List<Language>> languages = new HashMap<>();
        WORDS.forEach((language, words) -> words.forEach(word -> languages.merge(
                word,
                List.of(language),
                (one, other) -> Stream.concat(one.stream(), other.stream()).toList())));
        return languages;
    }

    private static List<String> words(String words) {
        return List.of(words.split(" "));
    }
}
