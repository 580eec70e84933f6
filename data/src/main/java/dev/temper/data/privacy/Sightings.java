package dev.temper.data.privacy;

import dev.temper.data.row.Row;
import dev.temper.data.row.RowText;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which kinds of personal data and secrets a row holds, told without any recipe: only kinds that have a form of their own,
 * so that a warning is worth reading. Names and addresses, which need a dictionary and a judgement, are a recipe's. Every
 * row of an import passes here, so that one look at the characters decides which patterns are worth the while.
 */
public final class Sightings {
    /** What every kind of secret is told as. */
    public static final String SECRET = "secret";

    private static final PersonalData MAIL = new PersonalData(EnumSet.of(PersonalKind.EMAIL));
    private static final PersonalData COLONS = new PersonalData(EnumSet.of(PersonalKind.IPV6));
    private static final PersonalData NUMBERS = new PersonalData(EnumSet.complementOf(
            EnumSet.of(PersonalKind.EMAIL, PersonalKind.IPV6, PersonalKind.ADDRESS, PersonalKind.PERSON_NAME)));
    private static final Secrets SECRETS = new Secrets(EnumSet.allOf(SecretKind.class));

    private Sightings() {}

    /** The kinds in a row, in the order of their names: as in {@code cn_mobile}, {@code email}, {@code secret}. */
    public static List<String> in(Row row) {
        Set<String> kinds = new TreeSet<>();
        RowText.each(row, text -> look(text, kinds));
        return List.copyOf(kinds);
    }

    private static void look(String text, Set<String> kinds) {
        Characters seen = Characters.of(text);
        if (seen.at) {
            add(MAIL, text, kinds);
        }
        if (seen.colons) {
            add(COLONS, text, kinds);
        }
        if (seen.number) {
            add(NUMBERS, text, kinds);
        }
        if ((seen.key || (seen.at && text.contains("://")))
                && !SECRETS.find(text).isEmpty()) {
            kinds.add(SECRET);
        }
    }

    private static void add(PersonalData data, String text, Set<String> kinds) {
        data.find(text).forEach(finding -> kinds.add(finding.kind().name().toLowerCase(Locale.ROOT)));
    }

    /**
     * What a text may hold, by its characters.
     *
     * @param at a mail address
     * @param colons an address of six colons or two in a row
     * @param number enough digits close to one another for a number of somebody's, or four numbers with dots
     * @param key letters and digits without a space, long enough for a password
     */
    private record Characters(boolean at, boolean colons, boolean number, boolean key) {
        private static final int FEWEST_DIGITS = 7;
        private static final int SHORTEST_KEY = 8;

        static Characters of(String text) {
            boolean at = false;
            boolean pair = false;
            boolean number = false;
            boolean key = false;
            int colons = 0;
            int digits = 0;
            int dots = 0;
            int run = 0;
            boolean letter = false;
            boolean digit = false;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c >= '0' && c <= '9') {
                    digits++;
                    digit = true;
                    number |= digits >= FEWEST_DIGITS || (digits >= 4 && dots >= 3);
                } else if (c == '.') {
                    dots++;
                } else if (!separates(c)) {
                    digits = 0;
                    dots = 0;
                }
                if (c <= ' ' || c > '~') {
                    run = 0;
                    letter = false;
                    digit = false;
                } else {
                    run++;
                    letter |= (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
                    key |= run >= SHORTEST_KEY && letter && digit;
                }
                at |= c == '@';
                if (c == ':') {
                    colons++;
                    pair |= i > 0 && text.charAt(i - 1) == ':';
                }
            }
            return new Characters(at, pair || colons >= 6, number, key);
        }

        private static boolean separates(char c) {
            return c == ' ' || c == '-' || c == '(' || c == ')' || c == '（' || c == '）' || c == '+' || c == '\u00A0';
        }
    }
}
