package dev.temper.platform.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.temper.data.recipe.Recipe;
import dev.temper.data.recipe.RecipeJson;
import dev.temper.platform.PlatformTest;
import dev.temper.platform.World;
import dev.temper.platform.World.Inhabitant;
import dev.temper.platform.blob.Blobs;
import dev.temper.platform.common.Cursors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@PlatformTest
class PreparationsTest {
    private static final String ROWS = """
            {"instruction":"same","output":"x"}
            {"instruction":"same","output":"x"}
            {"instruction":"wide １２３","output":"digits"}
            {"instruction":"plain","output":"text"}
            """;
    private static final Recipe TIDY =
            RecipeJson.read("{\"version\":1,\"steps\":[{\"step\":\"normalise\"},{\"step\":\"exact_duplicates\"}]}");

    @Autowired
    private World world;

    @Autowired
    private Preparations preparations;

    @Autowired
    private Imports imports;

    @Autowired
    private Datasets datasets;

    @Autowired
    private Blobs blobs;

    @Autowired
    private Cursors cursors;

    private Inhabitant ours;
    private UUID version = new UUID(0, 0);

    @BeforeEach
    void aVersion() {
        ours = world.owner();
        version = bring("rows.jsonl", ROWS);
    }

    @Test
    void aRecipeMakesTheNextVersionAndTheSumsAddUp() {
        ImportView done = finish(ours.does(() -> preparations.start(Preparation.of(version, TIDY))));

        assertThat(done.state()).isEqualTo(ImportState.SUCCEEDED);
        assertThat(List.of(done.rowsIn(), done.rowsAdded(), done.rowsKept(), done.rowsLeftOut()))
                .containsExactly(4L, 0L, 3L, 1L);
        assertThat(done.reasons()).containsOnlyKeys("exact_duplicate");
        VersionView made = ours.does(() -> datasets.version(result(done)));
        assertThat(made.parent()).isEqualTo(version);
        assertThat(made.number()).isEqualTo(2);
        assertThat(made.recipe()).contains("normalise");
        assertThat(made.steps()).contains("exact_duplicates").contains("wide 123");
        List<LeftOutRow> left = ours.does(() -> imports.leftOut(done.id(), null, cursors.query(10, null, "left")))
                .items();
        assertThat(left.getFirst().in(Locale.SIMPLIFIED_CHINESE).message()).startsWith("相同的内容已出现在 rows.jsonl");
        assertThat(ours.does(() -> datasets.version(version)).rows()).isEqualTo(4);
    }

    @Test
    void aDryRunShowsEachRowAndKeepsNothing() throws IOException {
        DryRun run = ours.does(() -> preparations.dryRun(version, TIDY));

        assertThat(List.of(run.looked(), run.added(), run.kept(), run.leftOut()))
                .containsExactly(4L, 0L, 3L, 1L);
        assertThat(run.rows()).extracting(DryRun.Tried::isChanged).containsExactly(false, true, true, false);
        assertThat(run.rows().get(1).reason(Locale.ENGLISH)).startsWith("The same stands already at");
        assertThat(run.rows().get(2).after().getFirst().turns().getFirst().text())
                .isEqualTo("wide 123");
        assertThat(run.steps()).extracting(step -> step.in() + step.added()).containsExactly(4L, 4L);
        assertThat(ours.does(() -> datasets.versions(
                                datasets.version(version).dataset(), cursors.query(10, null, "versions")))
                        .items())
                .hasSize(1);
        try (var staging = Files.list(blobs.folder().resolve("staging"))) {
            assertThat(staging.filter(file -> file.getFileName().toString().startsWith("dry-run-")))
                    .isEmpty();
        }
    }

    @Test
    void aMixTakesEachVersionAsOftenAsItsRatioSays() {
        UUID general = bring("general.jsonl", """
                {"instruction":"a","output":"1"}
                {"instruction":"b","output":"2"}
                """);
        Preparation mix = new Preparation(version, 2, List.of(new Preparation.Mixed(general, 0.5)), Recipe.EMPTY);
        ImportView done = finish(ours.does(() -> preparations.start(mix)));

        assertThat(List.of(done.rowsIn(), done.rowsAdded(), done.rowsKept(), done.rowsLeftOut()))
                .containsExactly(6L, 4L, 9L, 1L);
        assertThat(done.reasons()).containsOnlyKeys("not_drawn");
        VersionView made = ours.does(() -> datasets.version(result(done)));
        assertThat(made.rows()).isEqualTo(9);
        assertThat(done.sources()).contains(general.toString());
    }

    @Test
    void whatCanNotBePreparedIsRefused() {
        assertThatThrownBy(() -> start(Preparation.of(version, Recipe.EMPTY)))
                .hasMessageContaining("preparation_empty");
        assertThatThrownBy(() -> start(new Preparation(version, 11, List.of(), TIDY)))
                .hasMessageContaining("field_out_of_range");
        assertThatThrownBy(() -> start(new Preparation(version, Double.NaN, List.of(), TIDY)))
                .hasMessageContaining("field_out_of_range");
        Inhabitant theirs = world.owner();
        assertThatThrownBy(() -> theirs.does(() -> preparations.start(Preparation.of(version, TIDY))))
                .hasMessageContaining("not_found");
        assertThatThrownBy(() -> theirs.does(() -> preparations.dryRun(version, TIDY)))
                .hasMessageContaining("not_found");
    }

    private void start(Preparation wanted) {
        ours.does(() -> preparations.start(wanted));
    }

    private UUID bring(String file, String rows) {
        return result(finish(ours.does(() -> imports.start(new Imports.Wanted(
                null,
                null,
                file,
                blobs.store(out -> out.write(rows.getBytes(StandardCharsets.UTF_8))),
                null,
                Recipe.EMPTY)))));
    }

    private ImportView finish(ImportView started) {
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> ours.does(() -> imports.get(started.id())),
                        view -> view.state().over());
    }

    private static UUID result(ImportView done) {
        return Objects.requireNonNull(done.resultVersion());
    }
}
