package dev.temper.data.shape;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Options of a question inside text: “A. one  B. two”, on one line or several. */
final class Options {
    private static final Pattern MARK = Pattern.compile(
            "(?U)(?<=^|[\\s;；,，。])[(（]?([A-Ha-h])[)）]?\\s*[.．、:：)]\\s*|(?<=^|[\\s;；,，])[(（]([A-H])[)）]\\s*");

    private Options() {}

    /** The options of a line; empty where it does not begin with one. */
    static SequencedMap<String, String> in(String line) {
        SequencedMap<String, String> options = new LinkedHashMap<>();
        Matcher mark = MARK.matcher(line);
        if (!mark.find() || !line.substring(0, mark.start()).isBlank()) {
            return options;
        }
        String letter = letter(mark);
        int begin = mark.end();
        while (mark.find()) {
            // “A. see B. for more” goes on with the option; the next mark is the letter that follows.
            if (letter(mark).charAt(0) == letter.charAt(0) + 1) {
                options.put(letter, trimmed(line.substring(begin, mark.start())));
                letter = letter(mark);
                begin = mark.end();
            }
        }
        options.put(letter, trimmed(line.substring(begin)));
        return options;
    }

    private static String letter(Matcher mark) {
        String letter = mark.group(1) == null ? mark.group(2) : mark.group(1);
        return letter.toUpperCase(Locale.ROOT);
    }

    private static String trimmed(String option) {
        return option.strip().replaceFirst("[;；]$", "");
    }
}
