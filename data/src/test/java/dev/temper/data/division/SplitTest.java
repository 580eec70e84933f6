package dev.temper.data.division;

import static dev.temper.data.recipe.Trial.asked;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.temper.data.duplicates.Planted;
import dev.temper.data.recipe.Trial;
import dev.temper.data.row.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;

class SplitTest {
    private static final String STEP = "{'step':'split','validation':0.2,'test':0.1}";

    @TempDir
    Path folder;

    @Test
    void theSharesAreThoseAskedFor() {
        List<Row> rows = IntStream.range(0, 5_000)
                .mapToObj(i -> asked(i, "question " + i, "answer"))
                .toList();

        Map<String, Long> found = Trial.run(
                        folder, rows, "{'step':'split','validation':0.2,'test':0.1,'nearDuplicates':false}")
                .reports()
                .getFirst()
                .found();

        assertThat(found.get("validation")).isCloseTo(1_000L, within(120L));
        assertThat(found.get("test")).isCloseTo(500L, within(90L));
        assertThat(found.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(5_000);
    }

    @Test
    void noNearDuplicateCrosses() {
        Planted planted = Planted.read();

        Map<Long, String> parts = parts(Trial.run(folder, planted.rows(), STEP));

        assertThat(planted.groups())
                .isNotEmpty()
                .allSatisfy(group -> assertThat(group.stream()
                                .filter(row -> parts.containsKey((long) row))
                                .map(row -> parts.get((long) row))
                                .distinct())
                        .hasSize(1));
        assertThat(parts.values()).contains("train", "validation", "test");
    }

    @Test
    void rowsAddedLaterMoveNoneThatIsThere() {
        List<Row> rows = Planted.read().rows();

        Map<Long, String> before = parts(Trial.run(folder.resolve("a"), rows.subList(0, 120), STEP));
        Map<Long, String> after = parts(Trial.run(folder.resolve("b"), rows, STEP));

        assertThat(after).containsAllEntriesOf(before);
    }

    @Test
    void aGroupStaysTogether() {
        List<Row> rows = IntStream.range(0, 400)
                .mapToObj(i -> asked(i, "question " + i, "answer " + i)
                        .withExtra(Map.of("book", JsonNodeFactory.instance.numberNode(i % 20))))
                .toList();

        Map<Long, String> parts = parts(Trial.run(
                folder,
                rows,
                "{'step':'split','validation':0.5,'group':'column','groupColumn':'book','nearDuplicates':false}"));

        assertThat(parts.values()).contains("train", "validation");
        parts.forEach((line, part) -> assertThat(part).isEqualTo(parts.get(line % 20)));
    }

    @Test
    void aRowThatWouldTieTwoPartsTogetherIsLeftOut() {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            // Twenty shops with a text of their own each, then the text of the first in all of them.
            rows.add(asked(i, "q", ("open in hall " + (i < 20 ? i : 0) + " ").repeat(8))
                    .withExtra(Map.of("shop", JsonNodeFactory.instance.numberNode(i % 20))));
        }

        Trial trial = Trial.run(
                folder,
                rows,
                "{'step':'split','validation':0.5,'group':'column','groupColumn':'shop','similarity':0.95}");

        Map<Long, String> parts = parts(trial);
        assertThat(trial.codes()).isNotEmpty().containsOnly("near_duplicate_in_other_part");
        assertThat(parts.values()).contains("train", "validation");
        assertThat(LongStream.range(20, 40).filter(parts::containsKey).mapToObj(parts::get))
                .isNotEmpty()
                .containsOnly(parts.get(0L));
    }

    private static Map<Long, String> parts(Trial trial) {
        Map<Long, String> parts = new HashMap<>();
        trial.kept().forEach(row -> parts.put(row.place().line(), Trial.column(row, "split")));
        return parts;
    }
}
