package dev.temper.platform.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.temper.data.recipe.Recipe;
import dev.temper.data.recipe.RecipeJson;
import dev.temper.data.row.RowText;
import dev.temper.platform.PlatformTest;
import dev.temper.platform.World;
import dev.temper.platform.World.Inhabitant;
import dev.temper.platform.blob.Blobs;
import dev.temper.platform.common.Cursors;
import dev.temper.platform.common.PageQuery;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@PlatformTest
class RepairsTest {
    private static final String ROWS = """
            {"instruction":"one","input":"","output":"1"}
            {"instruction":"two","input":"","output":""}
            {"instruction":"three","output":
            {"instruction":"four","output":4}
            {"instruction":"=cmd()","output":""}
            """;

    @Autowired
    private World world;

    @Autowired
    private Imports imports;

    @Autowired
    private Repairs repairs;

    @Autowired
    private RepairFiles files;

    @Autowired
    private Datasets datasets;

    @Autowired
    private Edits edits;

    @Autowired
    private Blobs blobs;

    @Autowired
    private Cursors cursors;

    private Inhabitant ours;

    @BeforeEach
    void tenant() {
        ours = world.owner();
    }

    @Test
    void mendedRowsStandBehindTheOthersInTheNextVersion() {
        ImportView done = bring("faq.jsonl", ROWS, Recipe.EMPTY);
        List<LeftOutRow> left = left(done);
        assertThat(left).hasSize(4);

        Repairs.Result result = ours.does(() -> repairs.repair(
                done.id(),
                Map.of(
                        1L, json("{\"instruction\":\"two\",\"output\":\"2\"}"),
                        2L, json("\"{\\\"instruction\\\":\\\"three\\\",\\\"output\\\":\\\"3\\\"}\""),
                        3L, json("{\"instruction\":\"four\",\"output\":4}")),
                "filled in"));

        VersionView version = Objects.requireNonNull(result.version());
        assertThat(result.repaired()).isEqualTo(2);
        assertThat(result.still()).singleElement().satisfies(still -> {
            assertThat(still.number()).isEqualTo(3);
            assertThat(still.code()).isEqualTo(left.get(2).code());
            assertThat(still.column()).isEqualTo("output");
        });
        assertThat(version.number()).isEqualTo(2);
        assertThat(version.parent()).isEqualTo(done.resultVersion());
        assertThat(version.note()).isEqualTo("filled in");
        assertThat(answers(version)).containsExactly("1", "2", "3");
        assertThat(ours.does(() -> datasets.row(version.id(), 3)).row().place().line())
                .isEqualTo(3);
        assertThat(left(done))
                .extracting(LeftOutRow::repairedIn)
                .containsExactly(version.id(), version.id(), null, null);
        assertThat(ours.does(() -> repairs.count(done.id()))).isEqualTo(2);
        assertThatThrownBy(() -> ours.does(() -> repairs.repair(done.id(), Map.of(1L, json("{}")), "")))
                .hasMessageContaining("import_row_repaired");
        assertThatThrownBy(() -> ours.does(() -> repairs.repair(done.id(), Map.of(9L, json("{}")), "")))
                .hasMessageContaining("import_row_unknown");
        assertThatThrownBy(() -> world.owner().does(() -> repairs.repair(done.id(), Map.of(3L, json("{}")), "")))
                .hasMessageContaining("not_found");
    }

    @Test
    void theDownloadedReportComesBackMendedWhateverItWasSavedAs(@TempDir Path folder) throws IOException {
        ImportView done = bring("faq.jsonl", ROWS, Recipe.EMPTY);
        String csv = download(done, RepairFiles.Form.CSV);
        String lines = download(done, RepairFiles.Form.JSONL);
        assertThat(csv).contains("_number", "'=cmd()").doesNotContain(",=cmd");
        assertThat(lines.lines()).hasSize(4);

        String mended = csv.replace("two,,,", "two,,2,");
        Path file = Files.writeString(folder.resolve("x.csv"), mended);
        Repairs.Result result = ours.does(() -> files.take(done.id(), file, "x.csv", ""));

        assertThat(result.repaired() + result.still().size()).isEqualTo(4);
        assertThat(answers(Objects.requireNonNull(result.version()))).contains("1", "2", "4");
        assertThat(download(done, RepairFiles.Form.JSONL).lines())
                .hasSize(result.still().size());
        Path other = Files.writeString(folder.resolve("y.csv"), "q,a\n1,2\n");
        assertThatThrownBy(() -> ours.does(() -> files.take(done.id(), other, "y.csv", "")))
                .hasMessageContaining("import_repair_unnumbered");
    }

    @Test
    void whatARecipeLeftOutGoesThroughTheRecipeAgain() {
        Recipe recipe = RecipeJson.read(
                "{\"version\":1,\"name\":\"long\",\"steps\":[{\"step\":\"filter_length\",\"minAnswer\":5}]}");
        ImportView done = bring("t.jsonl", "{\"text\":\"long enough\"}\n{\"text\":\"no\"}\n", recipe);
        assertThat(left(done)).hasSize(1);

        Repairs.Result again = ours.does(() -> repairs.repair(
                done.id(), Map.of(1L, json("{\"text\":\"nay\",\"meta\":{\"file\":\"t.jsonl\",\"line\":2}}")), ""));
        Repairs.Result right = ours.does(() -> repairs.repair(
                done.id(), Map.of(1L, json("{\"text\":\"long now\",\"meta\":{\"file\":\"t.jsonl\",\"line\":2}}")), ""));

        assertThat(again.version()).isNull();
        assertThat(again.still()).hasSize(1);
        assertThat(right.repaired()).isEqualTo(1);
    }

    @Test
    void whatIsMendedOfAFileWithoutAnyGoodRowBecomesTheFirstVersion() {
        ImportView failed = bring("q.jsonl", "{\"instruction\":\"q\",\"output\":\"\"}\n", Recipe.EMPTY);
        assertThat(failed.state()).isEqualTo(ImportState.FAILED);

        Repairs.Result result = ours.does(
                () -> repairs.repair(failed.id(), Map.of(1L, json("{\"instruction\":\"q\",\"output\":\"a\"}")), ""));

        assertThat(Objects.requireNonNull(result.version()).number()).isEqualTo(1);
    }

    @Test
    void twoWhoEditTheSameVersionAreToldOfOneAnother() {
        ImportView done = bring("faq.jsonl", ROWS, Recipe.EMPTY);
        UUID first = Objects.requireNonNull(done.resultVersion());
        Edits.Wanted wanted = new Edits.Wanted(first, List.of(new RowEdit(1, null)), List.of(), "gone", false);
        VersionView second = ours.does(() -> edits.make(wanted));

        assertThat(second.changes()).contains("\"removed\": 1");
        assertThatThrownBy(() -> ours.does(() -> edits.make(wanted)))
                .hasMessageContaining("dataset_version_superseded");
        VersionView beside =
                ours.does(() -> edits.make(new Edits.Wanted(first, wanted.edits(), List.of(), "all the same", true)));
        assertThat(beside.number()).isEqualTo(3);
        assertThat(beside.parent()).isEqualTo(first);
    }

    private List<String> answers(VersionView version) {
        List<String> answers = new ArrayList<>();
        ours.does(() -> {
            datasets.eachRow(version.id(), row -> answers.add(RowText.answer(row)));
            return true;
        });
        return answers;
    }

    private String download(ImportView done, RepairFiles.Form form) {
        return ours.does(() -> {
            files.begin(done.id(), form);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            files.write(done.id(), form, out);
            return out.toString(StandardCharsets.UTF_8);
        });
    }

    private List<LeftOutRow> left(ImportView done) {
        return ours.does(() -> imports.leftOut(done.id(), null, page())).items();
    }

    private ImportView bring(String name, String content, Recipe recipe) {
        ImportView started = ours.does(() -> imports.start(new Imports.Wanted(
                null,
                null,
                name,
                blobs.store(out -> out.write(content.getBytes(StandardCharsets.UTF_8))),
                null,
                recipe)));
        await().atMost(Duration.ofSeconds(15))
                .until(() -> ours.does(() -> imports.get(started.id())).state().over());
        return ours.does(() -> imports.get(started.id()));
    }

    private PageQuery page() {
        return cursors.query(50, null, "test");
    }

    private static JsonNode json(String text) {
        return JsonMapper.builder().build().readTree(text);
    }
}
