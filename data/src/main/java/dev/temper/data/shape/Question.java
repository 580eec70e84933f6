package dev.temper.data.shape;

import dev.temper.data.row.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One question of a question bank, with the words around it in the question's own language.
 *
 * @param options by their letters, in order; empty where the question is answered in words
 */
record Question(
        String stem,
        SequencedMap<String, String> options,
        String answer,
        @Nullable String explanation) {
    private static final Pattern LETTERS = Pattern.compile("[A-Ha-h](?:[\\s,，、;；]*[A-Ha-h])*[.。]?");
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");

    /** The turns of a row: the question with its options, and the answer with its reason. */
    List<Turn> turns() {
        String asked = stem;
        if (!options.isEmpty()) {
            asked += "\n"
                    + options.entrySet().stream()
                            .map(option -> option.getKey() + ". " + option.getValue())
                            .collect(Collectors.joining("\n"));
        }
        return List.of(Turn.user(asked), Turn.assistant(said()));
    }

    private String said() {
        boolean chinese = HAN.matcher(stem).find();
        String reply = options.isEmpty() ? answer : (chinese ? "答案：" : "Answer: ") + chosen();
        return explanation == null ? reply : reply + (chinese ? "\n解析：" : "\nExplanation: ") + explanation;
    }

    /** The letters of the answer in one form; where the answer is the words of an option, its letter. */
    private String chosen() {
        if (!LETTERS.matcher(answer).matches()) {
            for (Map.Entry<String, String> option : options.entrySet()) {
                if (option.getValue().equals(answer)) {
                    return option.getKey();
                }
            }
            return answer;
        }
        List<String> letters = new ArrayList<>();
        for (char letter : answer.toUpperCase(Locale.ROOT).toCharArray()) {
            if (letter >= 'A' && letter <= 'H') {
                letters.add(String.valueOf(letter));
            }
        }
        if (!options.keySet().containsAll(letters)) {
            throw Unfit.of(
                    ShapeCode.OPTION_UNKNOWN, Map.of("answer", answer, "options", String.join(", ", options.keySet())));
        }
        return String.join("", letters);
    }
}
