package dev.temper.data.consistency;

import static dev.temper.data.recipe.Trial.asked;
import static org.assertj.core.api.Assertions.assertThat;

import dev.temper.data.recipe.Trial;
import dev.temper.data.row.Row;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsistencyStepTest {
    private static final Row ENGLISH = asked(
            1,
            "How do I return a pair of shoes?",
            "Open your order, choose return, and send the shoes back within a week.");
    private static final Row ENGLISH_OFF =
            asked(2, "How do I return a pair of shoes?", "Photosynthesis turns light into chemical energy in leaves.");
    private static final Row CHINESE = asked(3, "怎么给手机充电?", "把充电线插进手机下方的接口,另一端接到充电器上,一般两个小时充满。");
    private static final Row CHINESE_OFF = asked(4, "怎么给手机充电?", "秦始皇在公元前二百二十一年统一了六国,建立了秦朝。");

    @TempDir
    Path folder;

    @Test
    void anAnswerToAnotherQuestionScoresLower() {
        List<Row> rows = List.of(ENGLISH, ENGLISH_OFF, CHINESE, CHINESE_OFF);

        List<Double> scores = Trial.run(folder, rows, "{'step':'consistency'}").kept().stream()
                .map(row -> Double.valueOf(Trial.column(row, "consistency")))
                .toList();

        assertThat(scores.get(0)).isGreaterThan(0.4).isGreaterThan(scores.get(1) + 0.3);
        assertThat(scores.get(2)).isGreaterThan(0.4).isGreaterThan(scores.get(3) + 0.2);
        assertThat(scores.get(1)).isLessThan(0.15);
    }

    @Test
    void whatIsOffTopicIsLeftOut() {
        Trial trial = Trial.run(
                folder, List.of(ENGLISH, ENGLISH_OFF), "{'step':'consistency','action':'leave_out','least':0.2}");

        assertThat(trial.kept()).containsExactly(ENGLISH);
        assertThat(trial.codes()).containsExactly("answer_off_topic");
    }
}
