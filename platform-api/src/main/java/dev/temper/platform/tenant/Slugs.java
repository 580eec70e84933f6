package dev.temper.platform.tenant;

import com.ibm.icu.text.Transliterator;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Short names for addresses, made from any name: "Médecine & Co" becomes {@code medecine-co}, 清华大学 qing-hua-da-xue. */
final class Slugs {
    static final int MAX = 40;

    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,38}[a-z0-9]");
    private static final Pattern NOT_PLAIN = Pattern.compile("[^a-z0-9]+");

    private Slugs() {}

    static boolean isSlug(String text) {
        return FORM.matcher(text).matches();
    }

    /** A slug for the name that is not {@code taken}: with a number behind it where need be. */
    static String from(String name, Predicate<String> taken) {
        String stem = shorten(plain(name), MAX);
        if (stem.length() < 2) {
            stem = stem.isEmpty() ? "tenant" : stem + "-tenant";
        }
        String slug = stem;
        for (int number = 2; taken.test(slug); number++) {
            String tail = "-" + number;
            slug = shorten(stem, MAX - tail.length()) + tail;
        }
        return slug;
    }

    private static String plain(String name) {
        String latin = Latin.LETTERS.transliterate(name).toLowerCase(Locale.ROOT);
        return trim(NOT_PLAIN.matcher(latin).replaceAll("-"));
    }

    private static String shorten(String text, int length) {
        return text.length() <= length ? text : trim(text.substring(0, length));
    }

    private static String trim(String text) {
        int from = text.startsWith("-") ? 1 : 0;
        int to = text.length() > from && text.endsWith("-") ? text.length() - 1 : text.length();
        return text.substring(from, to);
    }

    /** Loaded when the first tenant is named, not when the platform starts. */
    private static final class Latin {
        private static final Transliterator LETTERS = Transliterator.getInstance("Any-Latin; Latin-ASCII");
    }
}
