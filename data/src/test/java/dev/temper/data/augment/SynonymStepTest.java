package dev.temper.data.augment;

import static dev.temper.data.recipe.Trial.asked;
import static org.assertj.core.api.Assertions.assertThat;

import dev.temper.data.recipe.Trial;
import dev.temper.data.row.Row;
import dev.temper.data.row.RowText;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SynonymStepTest {
    private static final String STEP = "{'step':'augment_synonyms','copies':3,'share':1.0}";

    @TempDir
    Path folder;

    @Test
    void theQuestionIsVariedAndTheAnswerStays() {
        Row chinese = asked("我的快递多久能到?", "三天。");
        Row english = asked("Where can I buy a parcel?", "Like this.");

        Trial trial = Trial.run(folder, List.of(chinese, english), STEP);

        assertThat(trial.kept()).hasSizeGreaterThanOrEqualTo(4).contains(chinese, english);
        assertThat(trial.kept().stream().filter(row -> row.extra().containsKey("augmented")))
                .extracting(RowText::question)
                .doesNotHaveDuplicates()
                .allSatisfy(
                        question -> assertThat(question).matches("我的包裹多长时间能到\\?|Where can I purchase a package\\?"));
        assertThat(trial.kept()).extracting(RowText::answer).containsOnly("三天。", "Like this.");
        assertThat(trial.reports().getFirst().added()).isEqualTo(trial.kept().size() - 2);
        assertThat(Trial.run(folder, List.of(english, chinese), STEP).kept())
                .containsExactlyInAnyOrderElementsOf(trial.kept());
    }

    @Test
    void aRowWithoutAnyIsLeftAsItIs() {
        assertThat(Trial.run(folder, List.of(asked("2 + 2?", "4"), asked("快递员能不能送?", "能")), STEP)
                        .kept())
                .hasSize(2);
    }
}
