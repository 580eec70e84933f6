package dev.temper.web.search;

import com.ibm.icu.text.Transliterator;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How well a text answers a query: 0 not at all, more is better. Chinese is found by its characters and by its pinyin,
 * whole or by initials: 医疗问答 by "ylwd", "yiliao" and "医疗".
 */
final class Match {
    private static final int EXACT = 4;
    private static final int START = 3;
    private static final int WORD = 2;
    private static final int INSIDE = 1;
    private static final Pattern FIRST_LETTERS = Pattern.compile("(\\w)\\w*\\s*");

    private Match() {}

    static int score(String query, @Nullable String... texts) {
        String wanted = query.strip().toLowerCase(Locale.ROOT);
        int best = 0;
        for (String text : texts) {
            if (text != null) {
                best = Math.max(best, score(wanted, text.toLowerCase(Locale.ROOT)));
                if (best < START && hasHan(text)) {
                    best = Math.max(best, Math.min(START, score(wanted, pinyin(text, true))));
                    best = Math.max(best, Math.min(START, score(wanted, pinyin(text, false))));
                }
            }
        }
        return best;
    }

    private static int score(String wanted, String text) {
        int at = text.indexOf(wanted);
        if (at < 0) {
            return 0;
        }
        if (at == 0) {
            return text.length() == wanted.length() ? EXACT : START;
        }
        return Character.isLetterOrDigit(text.charAt(at - 1)) ? INSIDE : WORD;
    }

    private static boolean hasHan(String text) {
        return text.codePoints().anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN);
    }

    private static String pinyin(String text, boolean initials) {
        String spelt = Pinyin.LETTERS.transliterate(text).toLowerCase(Locale.ROOT);
        return initials ? FIRST_LETTERS.matcher(spelt).replaceAll("$1") : spelt.replace(" ", "");
    }

    /** Loaded with the first Chinese name that is looked at. */
    private static final class Pinyin {
        private static final Transliterator LETTERS = Transliterator.getInstance("Han-Latin; Latin-ASCII");
    }
}
