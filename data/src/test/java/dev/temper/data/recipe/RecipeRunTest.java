package dev.temper.data.recipe;

import static dev.temper.data.recipe.Trial.asked;
import static org.assertj.core.api.Assertions.assertThat;

import dev.temper.data.row.CanonicalJson;
import dev.temper.data.row.LeftOut;
import dev.temper.data.row.Row;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecipeRunTest {
    private static final String[] STEPS = {
        "{'step':'normalise'}",
        "{'step':'filter_empty'}",
        "{'step':'filter_pattern','pattern':'secret'}",
        "{'step':'exact_duplicates'}"
    };

    @TempDir
    Path folder;

    @Test
    void everyRowIsKeptOrLeftOutForAReasonAndTheSumsAddUp() {
        List<Row> rows = List.of(
                asked(1, "a?", "A"),
                asked(2, "b?", " "),
                asked(3, "a? ", "A"),
                asked(4, "the secret?", "C"),
                asked(5, "d?", "D"));

        Trial trial = Trial.run(folder, rows, STEPS);

        assertThat(trial.kept()).containsExactly(rows.get(0), rows.get(4));
        assertThat(trial.leftOut())
                .extracting(LeftOut::code)
                .containsExactly("answer_empty", "exact_duplicate", "pattern_found");
        assertThat(trial.leftOut().get(1).place()).isEqualTo(rows.get(2).place());
        assertThat(trial.leftOut().get(1).facts()).isEqualTo(Map.of("of", "rows.csv:1"));
        assertThat(CanonicalJson.row(trial.leftOut().get(1).content())).isEqualTo(asked(3, "a?", "A"));
        assertThat(trial.reports())
                .allSatisfy(report -> assertThat(report.in() + report.added())
                        .isEqualTo(report.out()
                                + report.leftOut().values().stream()
                                        .mapToLong(Long::longValue)
                                        .sum()));
        assertThat(trial.reports()).extracting(StepReport::in).containsExactly(5L, 5L, 4L, 3L);
        assertThat(trial.reports().getFirst().examples())
                .extracting(Example::before)
                .containsExactly("b?\n ", "a? \nA");
    }

    @Test
    void aRunThatCrashedGoesOnAsIfItHadNot() {
        List<Row> rows = IntStream.range(0, 40_000)
                .mapToObj(i -> asked(i, "question " + i % 30_000, "answer"))
                .toList();
        Recipe recipe = Trial.recipe(STEPS);
        Trial whole = Trial.run(folder.resolve("whole"), rows, STEPS);
        RecipeContext context = RecipeContext.in(folder.resolve("crashed"));
        Trial.Collected before = new Trial.Collected();
        Trial.Collected lost = new Trial.Collected();
        Trial.Collected after = new Trial.Collected();
        String state;
        try (RecipeRun run = recipe.start(context)) {
            rows.subList(0, 25_000).forEach(row -> run.accept(row, before));
            state = run.save().toJson();
            rows.subList(25_000, 38_000).forEach(row -> run.accept(row, lost));
        }
        try (RecipeRun run = recipe.resume(context, RecipeState.read(state))) {
            rows.subList(25_000, 40_000).forEach(row -> run.accept(row, after));

            assertThat(run.reports()).isEqualTo(whole.reports());
        }
        assertThat(Stream.concat(before.kept.stream(), after.kept.stream())).containsExactlyElementsOf(whole.kept());
        assertThat(Stream.concat(before.leftOut.stream(), after.leftOut.stream()))
                .containsExactlyElementsOf(whole.leftOut());
        assertThat(whole.kept()).hasSize(30_000);
    }
}
