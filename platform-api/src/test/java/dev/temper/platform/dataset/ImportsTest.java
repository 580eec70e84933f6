package dev.temper.platform.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.temper.data.recipe.Recipe;
import dev.temper.data.recipe.RecipeJson;
import dev.temper.data.row.Place;
import dev.temper.data.row.Row;
import dev.temper.data.shape.Mapping;
import dev.temper.data.shape.MappingJson;
import dev.temper.data.shape.MappingPreview;
import dev.temper.data.shape.Outcome;
import dev.temper.platform.PlatformTest;
import dev.temper.platform.World;
import dev.temper.platform.World.Inhabitant;
import dev.temper.platform.blob.Blob;
import dev.temper.platform.blob.Blobs;
import dev.temper.platform.common.Cursors;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.tenant.Role;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@PlatformTest
class ImportsTest {
    @Autowired
    private World world;

    @Autowired
    private Imports imports;

    @Autowired
    private MappingPreviews previews;

    @Autowired
    private Datasets datasets;

    @Autowired
    private Edits edits;

    @Autowired
    private Deletions deletions;

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
    void whatIsRecognisedBecomesAVersionAndTheSumsAddUp() {
        ImportView done = bring("faq.json", """
                [{"instruction":"你好","input":"","output":"您好"},
                 {"instruction":"a","input":"b","output":"c"},
                 {"instruction":"no answer","input":"","output":""},
                 {"instruction":"a","output":7}]
                """, null, Recipe.EMPTY);

        assertThat(done.state()).isEqualTo(ImportState.SUCCEEDED);
        assertThat(done.rowsIn()).isEqualTo(4);
        assertThat(done.rowsKept() + done.rowsLeftOut()).isEqualTo(4);
        assertThat(done.reasons().values().stream().mapToLong(n -> n).sum()).isEqualTo(done.rowsLeftOut());
        assertThat(done.progress()).isEqualTo(1);
        VersionView version = ours.does(() -> datasets.version(result(done)));
        assertThat(version.rows()).isEqualTo(done.rowsKept());
        assertThat(version.number()).isEqualTo(1);
        assertThat(ours.does(() -> datasets.get(dataset(done))).name()).isEqualTo("faq");
        List<LeftOutRow> left =
                ours.does(() -> imports.leftOut(done.id(), null, page(10))).items();
        assertThat(left).hasSize((int) done.rowsLeftOut()).allSatisfy(row -> {
            assertThat(row.code()).isIn(done.reasons().keySet());
            assertThat(row.message()).isNotBlank();
            assertThat(row.line()).isPositive();
        });
        assertThat(left.getLast().content()).contains("7");
    }

    @Test
    void aTableInTheEncodingOfChineseOfficesComesIn() {
        Blob blob = store("instruction,output\n什么是存款,存入银行的钱\n", Charset.forName("GB18030"));
        ImportView done = finish(start("题库.csv", blob, null, Recipe.EMPTY, null));

        Row row = ours.does(() -> datasets.row(result(done), 1)).row();
        assertThat(row.turns().getLast().text()).isEqualTo("存入银行的钱");
    }

    @Test
    void whatIsNotRecognisedWaitsForAMappingAndGoesOnWithIt() {
        Blob blob = store("frage,antwort,kapitel\nWas?,Das.,1\n", StandardCharsets.UTF_8);
        ImportView waiting = finish(start("faq.csv", blob, null, Recipe.EMPTY, null));
        assertThat(waiting.state()).isEqualTo(ImportState.MAPPING_NEEDED);
        assertThat(waiting.proposal()).contains("frage", "antwort");

        Mapping mapping = MappingJson.read(
                "{\"shape\":\"columns\",\"fields\":{\"user\":\"{{frage}}\",\"assistant\":\"{{antwort}}\"}}");
        MappingPreview preview = ours.does(() -> previews.of(waiting.id(), mapping));
        assertThat(preview.columns()).containsExactly("frage", "antwort", "kapitel");
        assertThat(preview.lines()).hasSize(1).allMatch(line -> line.outcome() instanceof Outcome.Kept);
        ours.does(() -> imports.map(waiting.id(), mapping));
        ImportView done = until(waiting.id(), ImportState.SUCCEEDED);

        Row row = ours.does(() -> datasets.row(result(done), 1)).row();
        assertThat(row.turns()).extracting(turn -> turn.text()).containsExactly("Was?", "Das.");
        assertThat(row.extra()).containsKey("kapitel");
        assertThatThrownBy(() -> ours.does(() -> imports.map(waiting.id(), mapping)))
                .hasMessageContaining("import_needs_no_mapping");
    }

    @Test
    void aRecipeIsRunAndSaysWhatItDid() {
        Recipe recipe =
                RecipeJson.read("{\"version\":1,\"name\":\"tidy\",\"steps\":[{\"step\":\"exact_duplicates\"}]}");
        ImportView done =
                bring("x.jsonl", "{\"text\":\"same\"}\n{\"text\":\"same\"}\n{\"text\":\"other\"}\n", null, recipe);

        assertThat(done.rowsKept()).isEqualTo(2);
        assertThat(done.rowsLeftOut()).isEqualTo(1);
        assertThat(done.steps()).contains("exact_duplicates");
    }

    @Test
    void aBrokenFileFailsWithItsPlaceAndLeavesNothing() throws Exception {
        ImportView broken =
                bring("x.json", "[{\"instruction\":\"a\",\"output\":\"b\"},\n{\"instruction\"", null, Recipe.EMPTY);
        ImportView empty = bring("x.csv", "", null, Recipe.EMPTY);
        ImportView none = bring("x.jsonl", "{\"instruction\":\"q\",\"output\":\"\"}\n", null, Recipe.EMPTY);

        assertThat(broken.state()).isEqualTo(ImportState.FAILED);
        assertThat(broken.failure()).contains("json_broken", "line 2");
        assertThat(empty.failure()).contains("file_empty");
        assertThat(none.failure()).contains("import_nothing_kept");
        assertThat(ours.does(() -> imports.leftOut(none.id(), null, page(10))).items())
                .hasSize(1);
        assertThat(List.of(broken, empty, none))
                .allSatisfy(one -> assertThat(one.dataset()).isNull());
        assertThat(ours.does(() -> datasets.list(page(10), null)).items()).isEmpty();
        try (var left = Files.list(blobs.folder().resolve("staging"))) {
            assertThat(left.filter(file ->
                            file.getFileName().toString().contains(broken.id().toString())))
                    .isEmpty();
        }
    }

    @Test
    void aCancelledImportMakesNothing() {
        Blob blob = store("q,w\n1,2\n", StandardCharsets.UTF_8);
        ImportView waiting = finish(start("faq.csv", blob, null, Recipe.EMPTY, null));
        ours.does(() -> imports.cancel(waiting.id()));

        assertThat(ours.does(() -> imports.get(waiting.id())).state()).isEqualTo(ImportState.CANCELLED);
        assertThat(ours.does(() -> datasets.list(page(10), null)).items()).isEmpty();
        assertThatThrownBy(() -> ours.does(() -> imports.cancel(waiting.id()))).hasMessageContaining("import_over");
    }

    @Test
    void editingMakesTheNextVersionAndTheDiffSaysHow() {
        ImportView done =
                bring("x.jsonl", "{\"text\":\"one\"}\n{\"text\":\"two\"}\n{\"text\":\"three\"}\n", null, Recipe.EMPTY);
        UUID first = result(done);

        VersionView second = ours.does(() -> edits.make(new Edits.Wanted(
                first,
                List.of(new RowEdit(2, Row.text(Place.of("x.jsonl", 2), "TWO")), new RowEdit(3, null)),
                List.of(),
                "tidied",
                false)));

        assertThat(second.number()).isEqualTo(2);
        assertThat(second.parent()).isEqualTo(first);
        assertThat(second.rows()).isEqualTo(2);
        VersionDiff diff = ours.does(() -> datasets.diff(second.id(), first, null, page(10)));
        assertThat(List.of(diff.added(), diff.removed(), diff.changed())).containsExactly(0L, 1L, 1L);
        assertThat(ours.does(() -> datasets.version(first)).rows()).isEqualTo(3);
        assertThatThrownBy(() -> ours.does(
                        () -> edits.make(new Edits.Wanted(first, List.of(new RowEdit(4, null)), List.of(), "", true))))
                .hasMessageContaining("field_out_of_range");
    }

    @Test
    void aSecondFileBecomesTheNextVersionOfTheSameDataset() {
        ImportView one = bring("x.jsonl", "{\"text\":\"one\"}\n", null, Recipe.EMPTY);
        Blob blob = store("{\"text\":\"two\"}\n", StandardCharsets.UTF_8);
        ImportView two = finish(start("x.jsonl", blob, null, Recipe.EMPTY, one.dataset()));

        assertThat(ours.does(() -> datasets.version(result(two))).number()).isEqualTo(2);
    }

    @Test
    void aDatasetThatWasThereOutlivesAFileThatFails() {
        UUID dataset = Objects.requireNonNull(
                bring("x.jsonl", "{\"text\":\"one\"}\n", null, Recipe.EMPTY).dataset());
        ImportView broken = finish(start("x.csv", store("", StandardCharsets.UTF_8), null, Recipe.EMPTY, dataset));

        assertThat(broken.state()).isEqualTo(ImportState.FAILED);
        assertThat(broken.dataset()).isEqualTo(dataset);
        assertThat(ours.does(() -> datasets.get(dataset)).name()).isEqualTo("x");
    }

    @Test
    void manyImportsOfOneTenantAllEnd() {
        List<UUID> all = IntStream.range(0, 7)
                .mapToObj(i -> start(
                        "f" + i + ".jsonl",
                        store("{\"text\":\"" + i + "\"}\n", StandardCharsets.UTF_8),
                        null,
                        Recipe.EMPTY,
                        null))
                .map(ImportView::id)
                .toList();

        Map<UUID, ImportState> ends = all.stream()
                .collect(Collectors.toMap(
                        id -> id, id -> until(id, ImportState.SUCCEEDED).state()));
        assertThat(ends.values()).containsOnly(ImportState.SUCCEEDED);
    }

    @Test
    void anotherTenantReachesNothingOfIt() {
        ImportView done = bring("x.jsonl", "{\"text\":\"secret\"}\n", null, Recipe.EMPTY);
        Inhabitant stranger = world.owner();

        assertThatThrownBy(() -> stranger.does(() -> imports.get(done.id()))).hasMessageContaining("not_found");
        assertThatThrownBy(() -> stranger.does(() -> datasets.get(dataset(done))))
                .hasMessageContaining("not_found");
        assertThatThrownBy(() -> stranger.does(() -> datasets.row(result(done), 1)))
                .hasMessageContaining("not_found");
        assertThatThrownBy(() -> stranger.does(() -> imports.start(new Imports.Wanted(
                        null,
                        null,
                        "x",
                        new Blob(ours.does(() -> hashOf("{\"text\":\"secret\"}\n")), 1),
                        null,
                        Recipe.EMPTY))))
                .hasMessageContaining("not_found");
        assertThat(stranger.does(() -> datasets.list(page(10), null, false)).items())
                .isEmpty();
    }

    @Test
    void aViewerLooksAndChangesNothing() {
        ImportView done = bring("x.jsonl", "{\"text\":\"one\"}\n", null, Recipe.EMPTY);
        Inhabitant viewer = world.member(ours.tenant(), Role.VIEWER);

        assertThat(viewer.does(() -> datasets.get(dataset(done))).name()).isEqualTo("x");
        assertThatThrownBy(() -> viewer.does(() -> datasets.create("mine"))).hasMessageContaining("action_not_allowed");
        assertThatThrownBy(() ->
                        viewer.does(() -> edits.make(new Edits.Wanted(result(done), List.of(), List.of(), "", false))))
                .hasMessageContaining("action_not_allowed");
    }

    @Test
    void deletingADatasetTakesItsVersionsAlong() {
        ImportView done = bring("x.jsonl", "{\"text\":\"one\"}\n", null, Recipe.EMPTY);
        long version = ours.does(() -> datasets.get(dataset(done))).version();
        ours.does(() -> {
            deletions.dataset(dataset(done), new IfMatch(List.of(version)));
            return true;
        });

        assertThatThrownBy(() -> ours.does(() -> datasets.version(result(done))))
                .hasMessageContaining("not_found");
    }

    private ImportView bring(String name, String content, @Nullable Mapping mapping, Recipe recipe) {
        return finish(start(name, store(content, StandardCharsets.UTF_8), mapping, recipe, null));
    }

    private ImportView start(String name, Blob file, @Nullable Mapping mapping, Recipe recipe, @Nullable UUID dataset) {
        return ours.does(() -> imports.start(new Imports.Wanted(dataset, null, name, file, mapping, recipe)));
    }

    private ImportView finish(ImportView started) {
        await().atMost(Duration.ofSeconds(15)).until(() -> {
            ImportState state = ours.does(() -> imports.get(started.id())).state();
            return state.over() || state == ImportState.MAPPING_NEEDED;
        });
        return ours.does(() -> imports.get(started.id()));
    }

    private ImportView until(UUID id, ImportState state) {
        await().atMost(Duration.ofSeconds(15))
                .until(() -> ours.does(() -> imports.get(id)).state() == state);
        return ours.does(() -> imports.get(id));
    }

    private static UUID dataset(ImportView done) {
        return Objects.requireNonNull(done.dataset());
    }

    private static UUID result(ImportView done) {
        assertThat(done.failure()).isNull();
        UUID version = done.resultVersion();
        assertThat(version).isNotNull();
        return Objects.requireNonNull(version);
    }

    private Blob store(String text, Charset charset) {
        return ours.does(() -> blobs.store(out -> out.write(text.getBytes(charset))));
    }

    private String hashOf(String text) {
        return blobs.store(out -> out.write(text.getBytes(StandardCharsets.UTF_8)))
                .hash();
    }

    private PageQuery page(int limit) {
        return cursors.query(limit, null, "test");
    }
}
