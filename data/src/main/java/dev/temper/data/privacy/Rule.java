package dev.temper.data.privacy;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How one kind is found: a pattern, whose group {@code it} is the find (else the whole match), and what must hold of it.
 * The patterns are ours and bounded, so that none goes back over a long text again and again.
 *
 * @param mayHold whether looking is worth it
 */
record Rule<K extends Enum<K>>(
        K kind, Predicate<String> mayHold, Pattern pattern, boolean named, Predicate<String> holds) {
    static <K extends Enum<K>> Rule<K> of(K kind, Predicate<String> mayHold, String pattern, Predicate<String> holds) {
        return new Rule<>(kind, mayHold, Pattern.compile(pattern), pattern.contains("(?<it>"), holds);
    }

    static <K extends Enum<K>> Rule<K> of(K kind, Predicate<String> mayHold, String pattern) {
        return of(kind, mayHold, pattern, Rule::always);
    }

    static boolean always(String text) {
        return true;
    }

    void find(String text, List<Finding<K>> findings) {
        if (!mayHold.test(text)) {
            return;
        }
        Matcher matcher = pattern.matcher(text);
        int from = 0;
        while (matcher.find(from)) {
            int start = named ? matcher.start("it") : matcher.start();
            int end = named ? matcher.end("it") : matcher.end();
            boolean right = holds.test(text.substring(start, end));
            if (right) {
                Finding.add(findings, new Finding<>(kind, start, end));
            }
            from = right ? end : matcher.start() + 1;
        }
    }
}
