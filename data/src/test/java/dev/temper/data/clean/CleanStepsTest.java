package dev.temper.data.clean;

import static dev.temper.data.recipe.Trial.asked;
import static org.assertj.core.api.Assertions.assertThat;

import dev.temper.data.recipe.Trial;
import dev.temper.data.row.Place;
import dev.temper.data.row.Row;
import dev.temper.data.row.RowText;
import dev.temper.data.row.Speaker;
import dev.temper.data.row.Turn;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.JsonNodeFactory;

class CleanStepsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lines | e\\u0301t\\u0301 | \\u00E9t\\u0301",
                "lines | \\uFF11\\uFF12\\uFF0E\\uFF15\\uFF21 | 12.5A",
                "lines | \\uFF0C\\u3002\\uFF0E | \\uFF0C\\u3002\\uFF0E",
                "lines | 5\\u33A1 \\u00A53 20\\u2103 \\u2116 1 \\u00BD | 5\\u33A1 \\u00A53 20\\u2103 \\u2116 1 \\u00BD",
                "lines | a\\u0000\\u200B\\uFEFFb\\u202E | ab",
                "lines | \\uD83D\\uDC68\\u200D\\uD83D\\uDC69 | \\uD83D\\uDC68\\u200D\\uD83D\\uDC69",
                "lines | a\\r\\n\\r\\n\\r\\n\\r\\nb \\r | a\\n\\nb",
                "lines | \\u3000\\u3000a\\u00A0b | a b",
                "lines | if x:\\n    y(1,  2) | if x:\\n    y(1,  2)",
                "collapse | if x:\\n    y(1,  2) | if x:\\ny(1, 2)",
                "keep | ' a\\t\\n\\n\\nb ' | ' a\\t\\n\\n\\nb '",
            })
    void charactersComeIntoOneForm(String whiteSpace, String before, String after) {
        Trial trial = Trial.run(
                folder,
                List.of(asked(unescaped(before), "x")),
                "{'step':'normalise','whiteSpace':'" + whiteSpace + "'}");

        assertThat(RowText.question(trial.kept().getFirst())).isEqualTo(unescaped(after));
    }

    private static String unescaped(String text) {
        return unicode(text).translateEscapes();
    }

    private static String unicode(String text) {
        return Pattern.compile("\\\\u([0-9A-F]{4})")
                .matcher(text)
                .replaceAll(found -> String.valueOf((char) Integer.parseInt(found.group(1), 16)));
    }

    @Test
    void aRowThatIsTidyIsTheVerySameRow() {
        Row row = asked("1 + 1?", "2\n\n好。");

        Trial trial = Trial.run(folder, List.of(row), "{'step':'normalise'}");

        assertThat(trial.kept().getFirst()).isSameAs(row);
        assertThat(trial.reports().getFirst().unchanged()).isOne();
    }

    @Test
    void lengthsAreCountedInCharactersNotInChars() {
        Trial trial = Trial.run(
                folder,
                List.of(
                        asked("??", "\uD83D\uDC68\uD83D\uDC68"),
                        asked("??", "abc"),
                        asked("?", "ab"),
                        asked("?????", "ab")),
                "{'step':'filter_length','minQuestion':2,'maxQuestion':4,'maxAnswer':2}");

        assertThat(trial.kept()).hasSize(1);
        assertThat(trial.codes()).containsExactly("answer_too_long", "question_too_short", "question_too_long");
        assertThat(trial.leftOut().getFirst().facts()).isEqualTo(Map.of("length", 3, "most", 2));
    }

    @Test
    void anAnswerMayBeMissingBlankOrAWordForNone() {
        Place place = Place.of("a", 1);
        Turn call = new Turn(Speaker.ASSISTANT, "", Map.of("tool_calls", JsonNodeFactory.instance.arrayNode()));

        Trial trial = Trial.run(
                folder,
                List.of(
                        asked("q", "a"),
                        asked("q", " NaN "),
                        Row.conversation(place, List.of(Turn.user("q"))),
                        Row.conversation(place, List.of(Turn.user("q"), call)),
                        Row.text(place, "\u3000")),
                "{'step':'filter_empty'}");

        assertThat(trial.kept()).hasSize(2);
        assertThat(trial.codes()).containsExactly("answer_empty", "answer_missing", "answer_empty");
    }

    @Test
    void anAnswerThatGoesInCirclesIsLeftOut() {
        Trial trial = Trial.run(
                folder,
                List.of(
                        asked("q", "请稍候,正在为您查询订单状态。".repeat(8)),
                        asked("q", "the same words come again and again ".repeat(10)),
                        asked("q", "ha ".repeat(10)),
                        asked(
                                "q",
                                "Every sentence of this answer says another thing: where the parcel is, who took it,"
                                        + " when it left the warehouse, which road the van drives, how long that takes"
                                        + " on a wet day, and what to do if nobody is at home when it arrives there.")),
                "{'step':'filter_repetition'}");

        assertThat(trial.codes()).containsExactly("answer_repetitive", "answer_repetitive");
    }

    @Test
    void aPatternLeavesOutWhatMatchesOrWhatDoesNot() {
        List<Row> rows = List.of(asked("http here", "no"), asked("no", "HTTP there"), asked("no", "no"));

        assertThat(Trial.run(folder, rows, "{'step':'filter_pattern','pattern':'http','ignoreCase':true}")
                        .kept())
                .containsExactly(rows.get(2));
        assertThat(Trial.run(
                                folder,
                                rows,
                                "{'step':'filter_pattern','pattern':'^HTTP','part':'answer','leaveOut':'others'}")
                        .kept())
                .containsExactly(rows.get(1));
    }

    @Test
    void aPatternMadeToHangTakesTimeInProportionToTheText() {
        Row row = asked("a".repeat(50_000) + "!", "x");

        assertThat(Trial.run(folder, List.of(row), "{'step':'filter_pattern','pattern':'^(a+)+$','part':'question'}")
                        .kept())
                .containsExactly(row);
    }
}
