package dev.temper.platform.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.temper.data.recipe.Recipe;
import dev.temper.data.recipe.RecipeJson;
import dev.temper.platform.PlatformTest;
import dev.temper.platform.World;
import dev.temper.platform.World.Inhabitant;
import dev.temper.platform.blob.Blob;
import dev.temper.platform.blob.BlobOwner;
import dev.temper.platform.blob.Blobs;
import dev.temper.platform.common.Ids;
import dev.temper.platform.dataset.ImportTable.Attempt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** Imports that wait for one another, and runs of one import that follow one another. */
@PlatformTest
class ImportLineTest {
    @Autowired
    private World world;

    @Autowired
    private Imports imports;

    @Autowired
    private ImportTable table;

    @Autowired
    private ImportRun run;

    @Autowired
    private Datasets datasets;

    @Autowired
    private Blobs blobs;

    @Autowired
    private TransactionTemplate transaction;

    private Inhabitant ours;

    @BeforeEach
    void tenant() {
        ours = world.owner();
    }

    @Test
    void twoRunAtOnceAndTheOthersWaitInTheirOrder() {
        UUID first = put("{\"text\":\"1\"}\n");
        UUID second = put("{\"text\":\"2\"}\n");
        UUID third = put("{\"text\":\"3\"}\n");
        begin(first);
        begin(second);
        ImportView fourth = ours.does(() -> imports.start(
                new Imports.Wanted(null, null, "4.jsonl", store("{\"text\":\"4\"}\n"), null, Recipe.EMPTY)));

        assertThat(look(third).place()).isEqualTo(1);
        assertThat(fourth.place()).isEqualTo(2);
        assertThat(look(first).place()).isNull();
        ours.does(() -> imports.cancel(first));
        assertThat(look(fourth.id()).place())
                .as("the free place is the third's")
                .isEqualTo(2);
        ours.does(() -> imports.cancel(third));
        await().atMost(Duration.ofSeconds(15)).until(() -> look(fourth.id()).state() == ImportState.SUCCEEDED);
        assertThat(look(fourth.id()).place()).isNull();
    }

    @Test
    void aRunThatOnlySeemedDeadCountsNoMore() throws IOException {
        UUID id = put("{\"text\":\"one\"}\n{\"text\":\"two\"}\n{\"text\":7}\n");
        Attempt before = begin(id);
        Attempt now = begin(id);

        run(before, () -> false);
        assertThat(look(id).state()).isEqualTo(ImportState.RUNNING);
        Path leftByTheDead = Files.createDirectories(blobs.staging("import-" + id + "-" + before.number()));
        Files.writeString(leftByTheDead.resolve("rows"), "half of them");
        run(now, () -> false);

        ImportView done = look(id);
        assertThat(done.state()).isEqualTo(ImportState.SUCCEEDED);
        VersionView version = ours.does(() -> datasets.version(Objects.requireNonNull(done.resultVersion())));
        assertThat(version.number()).isEqualTo(1);
        assertThat(version.rows()).isEqualTo(2);
        assertThat(leftByTheDead).doesNotExist();
        // What both runs stored is the same content, so the quota knows it once.
        long report = ours.does(() -> blobs.find(report(id)).orElseThrow().size());
        assertThat(ours.<Long>does(blobs::used)).isEqualTo(done.fileSize() + version.size() + report);
    }

    @Test
    void aPlatformThatStopsLeavesItToTheNext() {
        UUID id = put("{\"text\":\"one\"}\n");
        Attempt first = begin(id);

        run(first, () -> true);
        assertThat(look(id).state()).isEqualTo(ImportState.RUNNING);
        assertThat(blobs.staging("import-" + id + "-" + first.number())).doesNotExist();
        run(begin(id), () -> false);
        assertThat(look(id).state()).isEqualTo(ImportState.SUCCEEDED);
    }

    /** In line without a chore that would run it. */
    private UUID put(String content) {
        UUID id = Ids.next();
        return ours.does(() -> {
            Blob blob = store(content);
            UUID dataset = datasets.create("x").id();
            return Objects.requireNonNull(transaction.execute(_ -> {
                table.insert(
                        id,
                        dataset,
                        true,
                        "x.jsonl",
                        blob.hash(),
                        blob.size(),
                        null,
                        RecipeJson.write(Recipe.EMPTY),
                        null,
                        ours.userId());
                blobs.hold(blob.hash(), new BlobOwner(Imports.OWNER, id));
                return id;
            }));
        });
    }

    private void run(Attempt attempt, BooleanSupplier stopping) {
        ours.does(() -> {
            run.run(attempt, stopping);
            return true;
        });
    }

    private Attempt begin(UUID id) {
        return ours.does(() ->
                Objects.requireNonNull(transaction.execute(_ -> table.begin(id).orElseThrow())));
    }

    private String report(UUID id) {
        return Objects.requireNonNull(transaction.execute(_ -> table.report(id).orElseThrow()));
    }

    private ImportView look(UUID id) {
        return ours.does(() -> imports.get(id));
    }

    private Blob store(String text) {
        return blobs.store(out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }
}
