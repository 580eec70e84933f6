package dev.temper.trainer.box;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Words and small facts by kind, and patterns filled with them. */
final class Lexicon {
    private static final Pattern PLACE = Pattern.compile("\\{([a-z]+)(\\d?)\\.([a-z]+)}");

    private final Map<String, List<Map<String, String>>> kinds = new HashMap<>();

    /** @param lines {@code kind: column | column}, then an entry a line */
    Lexicon(List<String> lines) {
        List<Map<String, String>> entries = new ArrayList<>();
        String[] columns = {};
        for (String line : lines) {
            int colon = line.indexOf(": ");
            if (colon > 0) {
                columns = line.substring(colon + 2).split(" \\| ", -1);
                entries = new ArrayList<>();
                kinds.put(line.substring(0, colon), entries);
            } else {
                String[] values = line.split(" \\| ", -1);
                if (values.length != columns.length) {
                    throw new IllegalArgumentException("the entry does not fit its columns: " + line);
                }
                Map<String, String> entry = new LinkedHashMap<>();
                for (int i = 0; i < values.length; i++) {
                    entry.put(columns[i], values[i]);
                }
                entries.add(entry);
            }
        }
    }

    /** The pattern with words drawn for its places; the same kind and number stand for the same word. */
    String fill(String pattern, SplittableRandom random) {
        Map<String, Map<String, String>> drawn = new HashMap<>();
        String filled = PLACE.matcher(pattern).replaceAll(place -> {
            Map<String, String> entry =
                    drawn.computeIfAbsent(place.group(1) + place.group(2), key -> draw(place, drawn, random));
            return Objects.requireNonNull(entry.get(place.group(3)), place.group());
        });
        return filled.substring(0, 1).toUpperCase(Locale.ROOT) + filled.substring(1);
    }

    private Map<String, String> draw(
            MatchResult place, Map<String, Map<String, String>> drawn, SplittableRandom random) {
        List<Map<String, String>> entries = Objects.requireNonNull(kinds.get(place.group(1)), place.group());
        Map<String, String> entry;
        do {
            entry = entries.get(random.nextInt(entries.size()));
        } while (drawn.containsValue(entry));
        return entry;
    }
}
