package dev.temper.platform.dataset;

import dev.temper.data.read.ReadCode;
import dev.temper.data.row.LeftOut;
import dev.temper.data.shape.ShapeCode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says in English why a row was left out, whoever left it out: a reader, a shape or a step. */
final class Reasons {
    private static final Map<String, Function<Map<String, ?>, String>> SENTENCES = Stream.concat(
                    Arrays.stream(ReadCode.values())
                            .map(code -> Map.<String, Function<Map<String, ?>, String>>entry(
                                    code.code(), facts -> code.message(facts) + " " + code.remedy())),
                    Arrays.stream(ShapeCode.values())
                            .map(code -> Map.<String, Function<Map<String, ?>, String>>entry(
                                    code.code(), facts -> code.message(facts) + " " + code.remedy())))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private Reasons() {}

    static String sentence(LeftOut row) {
        Function<Map<String, ?>, String> known = SENTENCES.get(row.code());
        if (known != null) {
            return known.apply(row.facts());
        }
        // A step's code says what it found, as in answer_empty.
        String words = row.code().replace('_', ' ');
        String facts = row.facts().isEmpty() ? "" : " " + row.facts();
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + "." + facts;
    }
}
