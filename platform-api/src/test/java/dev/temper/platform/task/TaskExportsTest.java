package dev.temper.platform.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.temper.contract.ExportSpec;
import dev.temper.contract.OutputFormat;
import dev.temper.contract.RunSpecJson;
import dev.temper.contract.link.FileRef;
import dev.temper.platform.PlatformTest;
import dev.temper.platform.World;
import dev.temper.platform.World.Inhabitant;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Problem;
import dev.temper.platform.job.Checkpoints;
import dev.temper.platform.job.JobFiles;
import dev.temper.platform.job.JobState;
import dev.temper.platform.job.Jobs;
import dev.temper.platform.task.AfterRuns.Place;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

@PlatformTest
class TaskExportsTest {
    private static final String Q8 = "gguf_q8_0";

    @Autowired
    private World world;

    @Autowired
    private AfterRuns runs;

    @Autowired
    private Tasks tasks;

    @Autowired
    private TaskExports exports;

    @Autowired
    private Continuations continuations;

    @Autowired
    private Checkpoints checkpoints;

    @Autowired
    private Jobs jobs;

    @Autowired
    private JobFiles files;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionOperations transactions;

    private Inhabitant ours;
    private Place place;
    private TaskView task;

    @BeforeEach
    void aTask() {
        ours = world.owner();
        place = runs.place(ours);
        task = runs.task(place, "{}");
    }

    @Test
    void anExportIsAJobThatIsGivenWhatWasTrainedAndItsFileStandsAmongTheOutputs() throws Exception {
        trained();
        ExportView export = start(Q8, null);

        assertThat(export.job().kind()).isEqualTo("export");
        assertThat(export.job().taskId()).isEqualTo(task.id());
        assertThat(export.job().pool()).isEqualTo(place.pool().name());
        ExportSpec spec = RunSpecJson.whole(
                JsonMapper.shared()
                        .readTree(ours.does(() -> jobs.spec(export.job().id()))),
                ExportSpec.class);
        assertThat(spec.format()).isEqualTo(OutputFormat.GGUF_Q8_0);
        List<FileRef> given = ours.does(() -> files.of(export.job().id(), JobFiles.Role.INPUT));
        assertThat(given)
                .extracting(FileRef::path)
                .contains("trained/adapter_config.json", "trained/adapter_model.safetensors")
                .anyMatch(path -> path.equals(spec.run().model().path())
                        || path.startsWith(spec.run().model().path() + "/"))
                .noneMatch(path -> path.startsWith("data/") || path.endsWith("trainer_log.jsonl"));

        runs.done(place, export.job(), "log.txt", "output/model-q8_0.gguf");

        assertThat(ours.does(() -> tasks.outputs(task)))
                .extracting(FileRef::path)
                .containsExactly(
                        "output/adapter_config.json",
                        "output/adapter_model.safetensors",
                        "output/model-q8_0.gguf",
                        "output/trainer_log.jsonl");
        assertThat(ours.does(() -> tasks.take(task.id(), "output/model-q8_0.gguf"))
                        .content())
                .satisfies(path -> assertThat(Files.readString(path)).isEqualTo("output/model-q8_0.gguf"));
        assertThat(ours.does(() -> exports.of(task))).singleElement().satisfies(made -> {
            assertThat(made.job().state()).isEqualTo(JobState.SUCCEEDED);
            assertThat(made.files()).extracting(FileRef::path).containsExactly("output/model-q8_0.gguf");
        });
    }

    @Test
    void whatIsThereOrUnderWayOrCanNotBeIsRefused() {
        refuses(() -> start(Q8, null), ErrorCode.NOTHING_TRAINED_YET);
        trained();
        refuses(() -> start("trained", null), ErrorCode.FIELD_NOT_A_CHOICE);
        refuses(() -> start(Q8, 7L), ErrorCode.CHECKPOINT_UNKNOWN);
        ExportView first = start(Q8, null);
        refuses(() -> start(Q8, null), ErrorCode.EXPORT_UNDER_WAY);
        assertThat(start("gguf_f16", null).job().state()).isEqualTo(JobState.QUEUED);
        runs.done(place, first.job(), "output/model-q8_0.gguf");
        refuses(() -> start(Q8, null), ErrorCode.EXPORT_THERE_ALREADY);

        Inhabitant others = world.owner();
        assertThatThrownBy(() -> others.does(() -> exports.start(task.id(), Q8, null, null)))
                .hasMessageContaining("not_found");
        assertThat(others.does(() -> exports.of(task))).isEmpty();
    }

    @Test
    void aWholeModelIsMergedAlready() {
        task = runs.task(place, "{\"method\":{\"type\":\"full\"}}");
        runs.done(place, task.job(), "output/config.json", "output/model.safetensors", "output/model-q4_0.gguf");

        refuses(() -> start("merged", null), ErrorCode.EXPORT_NEEDLESS);
        refuses(() -> start("gguf_q4_0", null), ErrorCode.EXPORT_THERE_ALREADY);
        ExportView export = start(Q8, null);
        assertThat(ours.does(() -> files.of(export.job().id(), JobFiles.Role.INPUT)))
                .extracting(FileRef::path)
                .contains("trained/model.safetensors")
                .doesNotContain("trained/model-q4_0.gguf");
    }

    @Test
    void aCheckpointThatAnExportIsMadeOfMayGoAndIsHeldUntilTheExportHasEnded() {
        FileRef weights = runs.content(place, "output/checkpoint-2/trained.safetensors");
        FileRef optimiser = runs.content(place, "output/checkpoint-2/optimizer.safetensors");
        ours.does(() -> transactions.execute(_ -> {
            checkpoints.keep(task.job().id(), 2, List.of(weights, optimiser));
            return task;
        }));
        ExportView export = start("merged", 2L);
        assertThat(ours.does(() -> files.of(export.job().id(), JobFiles.Role.INPUT)))
                .extracting(FileRef::path)
                .contains("trained/trained.safetensors")
                .doesNotContain("trained/optimizer.safetensors");
        ours.does(() -> jobs.cancel(task.job().id()));
        ours.does(() -> {
            continuations.delete(task.id(), 2);
            return task;
        });

        assertThat(held(export.job().id())).isEqualTo(1);
        ours.does(() -> jobs.cancel(export.job().id()));
        await().atMost(Duration.ofSeconds(20)).until(() -> held(export.job().id()) == 0);
    }

    private void trained() {
        runs.done(
                place,
                task.job(),
                "output/adapter_config.json",
                "output/adapter_model.safetensors",
                "output/trainer_log.jsonl");
    }

    private ExportView start(String format, @Nullable Long step) {
        return ours.does(() -> exports.start(task.id(), format, step, null));
    }

    private long held(UUID job) {
        return ours.does(() -> transactions.execute(
                _ -> jdbc.sql("select count(*) from blob_references where kind = 'job-input' and owner = ?")
                        .param(job)
                        .query(Long.class)
                        .single()));
    }

    private static void refuses(Supplier<Object> work, ErrorCode code) {
        assertThatThrownBy(work::get)
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(code));
    }
}
