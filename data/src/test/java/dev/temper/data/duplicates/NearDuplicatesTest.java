package dev.temper.data.duplicates;

import static dev.temper.data.recipe.Trial.asked;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.temper.data.recipe.Recipe;
import dev.temper.data.recipe.RecipeContext;
import dev.temper.data.recipe.RecipeRun;
import dev.temper.data.recipe.RecipeState;
import dev.temper.data.recipe.Trial;
import dev.temper.data.row.Row;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NearDuplicatesTest {
    private static final String STEP = "{'step':'near_duplicates'}";

    @TempDir
    Path folder;

    @Test
    void findsThePlantedOnesAndNoOthers() {
        Planted planted = Planted.read();

        Trial trial = Trial.run(folder, planted.rows(), STEP);

        Set<Integer> found =
                trial.leftOut().stream().map(row -> (int) row.place().line()).collect(Collectors.toSet());
        Set<Integer> truth = planted.duplicates();
        long right = found.stream().filter(truth::contains).count();
        double recall = right / (double) truth.size();
        double precision = right / (double) found.size();
        System.out.printf("Near duplicates planted %d: recall %.3f, precision %.3f%n", truth.size(), recall, precision);
        assertThat(recall).isGreaterThanOrEqualTo(0.95);
        assertThat(precision).isGreaterThanOrEqualTo(0.98);
    }

    @Test
    void chineseIsComparedByCharacters() {
        String text = "尊敬的客户,您的订单已经收到,我们的同事正在为您准备商品。您的包裹已于今天上午十点从杭州仓库发出,预计后天下午送达,请您保持电话畅通,谢谢您的耐心等待。";

        Trial trial = Trial.run(
                folder,
                List.of(
                        asked(1, "问", text),
                        asked(2, "问", text.replace("谢谢您的", "谢谢你的") + "再见"),
                        asked(3, "问", "退款将在三个工作日内到账。")),
                STEP);

        assertThat(trial.kept()).hasSize(2);
        assertThat(trial.leftOut().getFirst().facts()).containsEntry("of", "rows.csv:1");
    }

    @Test
    void aMarkedRowStaysAndNamesTheEarlierOne() {
        String text = "The parcel left our warehouse this morning and should reach you on Thursday before noon.";

        Trial trial = Trial.run(
                folder,
                List.of(asked(1, "?", text), asked(2, "?", text + "!")),
                "{'step':'near_duplicates','action':'mark'}");

        assertThat(Trial.column(trial.kept().get(1), "near_duplicate_of")).isEqualTo("rows.csv:1");
        assertThat(trial.reports().getFirst().found()).containsEntry("near_duplicate", 1L);
    }

    /** What is promised of the estimate is promised of every similarity. */
    @Test
    void theEstimateIsCloseToTheSimilarity() {
        Random random = new Random(7);
        for (int common : new int[] {100, 300, 500, 800, 1000}) {
            StringBuilder shared = letters(random, common);
            String one = shared + "#" + letters(random, 1000 - common);
            String other = shared + "#" + letters(random, 1000 - common);
            double jaccard = common / (2000.0 - common);
            Signature signature = Signature.of(other);
            MemorySegment record = MemorySegment.ofArray(new byte[Signature.HASHES]);
            Signature.of(one).write(record);

            assertThat(signature.similarity(record)).as("of %s", jaccard).isCloseTo(jaccard, within(0.12));
        }
    }

    @Test
    void anIndexThatCrashedForgetsNothingAndRemembersNothingItLost() {
        Random random = new Random(3);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            String fresh = letters(random, 80).toString();
            rows.add(
                    i % 4 == 3
                            ? asked(
                                    i,
                                    "q",
                                    rows.get(random.nextInt(i)).turns().get(1).text() + ".")
                            : asked(i, "q", fresh));
        }
        Trial whole = Trial.run(folder.resolve("whole"), rows, STEP);
        Recipe recipe = Trial.recipe(STEP);
        RecipeContext context = RecipeContext.in(folder.resolve("crashed"));
        Trial.Collected sink = new Trial.Collected();
        String state;
        try (RecipeRun run = recipe.start(context)) {
            rows.subList(0, 1_500).forEach(row -> run.accept(row, sink));
            state = run.save().toJson();
            rows.subList(1_500, 3_500).forEach(row -> run.accept(row, new Trial.Collected()));
        }
        try (RecipeRun run = recipe.resume(context, RecipeState.read(state))) {
            rows.subList(1_500, 4_000).forEach(row -> run.accept(row, sink));
        }

        assertThat(sink.kept).isEqualTo(whole.kept());
        assertThat(sink.leftOut).isEqualTo(whole.leftOut());
        assertThat(whole.leftOut()).hasSizeGreaterThan(950);
    }

    private static StringBuilder letters(Random random, int length) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < length; i++) {
            letters.append((char) ('a' + random.nextInt(26)));
        }
        return letters;
    }
}
