package dev.temper.data.privacy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Something found in a text, from {@code start} to before {@code end}, in chars.
 *
 * @param kind a {@link PersonalKind} or a {@link SecretKind}
 */
record Finding<K extends Enum<K>>(K kind, int start, int end) {
    /** Adds one that overlaps none that is there: what was looked for earlier is the surer. */
    static <K extends Enum<K>> void add(List<Finding<K>> findings, Finding<K> other) {
        for (Finding<K> finding : findings) {
            if (finding.start < other.end && other.start < finding.end) {
                return;
            }
        }
        findings.add(other);
    }

    /** The text with something else in the place of each. */
    static <K extends Enum<K>> String replace(
            String text, List<Finding<K>> findings, Function<Finding<K>, String> replacement) {
        List<Finding<K>> ordered = new ArrayList<>(findings);
        ordered.sort((one, other) -> Integer.compare(one.start, other.start));
        StringBuilder replaced = new StringBuilder(text.length());
        int from = 0;
        for (Finding<K> finding : ordered) {
            replaced.append(text, from, finding.start).append(replacement.apply(finding));
            from = finding.end;
        }
        return replaced.append(text, from, text.length()).toString();
    }
}
