package dev.temper.platform.task;

import static dev.temper.platform.task.TaskGround.ROWS;
import static dev.temper.platform.task.TaskGround.asking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.temper.contract.RunSpecJson;
import dev.temper.contract.link.FileRef;
import dev.temper.platform.PlatformTest;
import dev.temper.platform.World;
import dev.temper.platform.World.Inhabitant;
import dev.temper.platform.blob.Blob;
import dev.temper.platform.blob.Blobs;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Problem;
import dev.temper.platform.job.Checkpoints;
import dev.temper.platform.job.JobFiles;
import dev.temper.platform.job.Jobs;
import dev.temper.platform.job.KeptCheckpoint;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

@PlatformTest
class ContinuationsTest {
    /** One step an epoch: two rows in batches of sixteen. */
    private static final String SETTINGS = "{\"schedule\":{\"numTrainEpochs\":4}}";

    @Autowired
    private World world;

    @Autowired
    private TaskGround ground;

    @Autowired
    private Tasks tasks;

    @Autowired
    private Continuations continuations;

    @Autowired
    private Checkpoints checkpoints;

    @Autowired
    private Jobs jobs;

    @Autowired
    private JobFiles files;

    @Autowired
    private Blobs blobs;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionOperations transactions;

    private Inhabitant ours;
    private TaskView task;

    @BeforeEach
    void aTaskThatWasCancelledAfterTwoCheckpoints() {
        ours = world.owner();
        UUID version = ground.version(ours, ROWS);
        task = ours.does(() -> tasks.start(asking(version, SETTINGS)));
        keep(2, true);
        keep(3, true);
        cancel(task);
    }

    @Test
    void aTaskGoesOnFromACheckpointWithTheSameRowsAndForLonger() {
        TaskView longer =
                ours.does(() -> continuations.goOn(task.id(), settings(2L, "{\"schedule\":{\"numTrainEpochs\":9}}")));

        assertThat(longer.origin()).isEqualTo(new Origin(task.id(), task.number(), 2L));
        assertThat(given(longer, JobFiles.Role.INPUT)).isEqualTo(given(task, JobFiles.Role.INPUT));
        assertThat(given(longer, JobFiles.Role.CHECKPOINT))
                .extracting(FileRef::path)
                .containsExactly("output/checkpoint-2/optimizer.safetensors");
        assertThat(RunSpecJson.read(ours.does(() -> jobs.spec(longer.job().id())))
                        .schedule()
                        .numTrainEpochs())
                .isEqualTo(9);
        assertThat(ours.does(() -> continuations.of(task)))
                .extracting(TaskView::number)
                .containsExactly(longer.number());
    }

    @Test
    void whatIsPressedTwiceGoesOnOnce() {
        ours.does(() -> continuations.goOn(task.id(), Change.NONE));

        refuses(() -> continuations.goOn(task.id(), Change.NONE), ErrorCode.TASK_GOES_ON_ALREADY);
        assertThat(ours.does(() -> continuations.retry(task.id())).origin())
                .as("another thing")
                .isEqualTo(new Origin(task.id(), task.number(), null));
        refuses(() -> continuations.retry(task.id()), ErrorCode.TASK_GOES_ON_ALREADY);
    }

    @Test
    void othersThanExactContinuationsAreRefusedWithTheReason() {
        assertThatThrownBy(() -> ours.does(
                        () -> continuations.goOn(task.id(), settings(null, "{\"optimiser\":{\"learningRate\":0.5}}"))))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.code()).isEqualTo(ErrorCode.CHECKPOINT_OF_OTHER_SETTINGS);
                    assertThat(problem.getMessage()).contains("optimiser.learningRate was", "0.5");
                });
        refuses(
                () -> continuations.goOn(task.id(), settings(null, "{\"schedule\":{\"numTrainEpochs\":3}}")),
                ErrorCode.NOTHING_LEFT_TO_TRAIN);
        refuses(() -> continuations.goOn(task.id(), settings(7L, "{}")), ErrorCode.CHECKPOINT_UNKNOWN);
        keep(4, false);
        refuses(() -> continuations.goOn(task.id(), settings(4L, "{}")), ErrorCode.CHECKPOINT_WITHOUT_OPTIMISER);
    }

    @Test
    void aTaskThatHasNotEndedNeitherGoesOnNorBeginsAnew() {
        TaskView waiting = ours.does(() -> continuations.retry(task.id()));

        refuses(() -> continuations.retry(waiting.id()), ErrorCode.JOB_STATE_FORBIDS);
        refuses(() -> continuations.goOn(waiting.id(), Change.NONE), ErrorCode.JOB_STATE_FORBIDS);
        Inhabitant others = world.owner();
        assertThatThrownBy(() -> others.does(() -> continuations.retry(task.id())))
                .hasMessageContaining("not_found");
    }

    @Test
    void aCheckpointThatARunBeganWithIsDeletedOnlyAfterItsEnd() {
        TaskView longer = ours.does(() -> continuations.goOn(task.id(), settings(3L, "{}")));

        assertThatThrownBy(() -> ours.does(() -> {
                    continuations.delete(task.id(), 3);
                    return task;
                }))
                .hasMessageContaining("checkpoint_in_use")
                .hasMessageContaining("#" + longer.number());
        cancel(longer);
        ours.does(() -> {
            continuations.delete(task.id(), 3);
            return task;
        });
        assertThat(ours.does(() -> continuations.checkpoints(task)))
                .extracting(KeptCheckpoint::step)
                .containsExactly(2L);
    }

    @Test
    void theNewestCheckpointsAreKeptAndTheBest() {
        long fence = attempted();
        evaluated(fence, 2, 0.5);
        evaluated(fence, 3, 0.9);
        evaluated(fence, 4, 0.7);
        keep(4, true);
        keep(5, true);

        List<KeptCheckpoint> kept = ours.does(() -> continuations.checkpoints(task));

        assertThat(kept).extracting(KeptCheckpoint::step).containsExactly(5L, 4L, 2L);
        assertThat(kept).extracting(KeptCheckpoint::evalLoss).containsExactly(null, 0.7, 0.5);
    }

    private void keep(long step, boolean optimiser) {
        ours.does(() -> {
            Blob blob = blobs.store(out -> out.write(("step " + step).getBytes(StandardCharsets.UTF_8)));
            String name = optimiser ? "optimizer" : "trained";
            return transactions.execute(_ -> {
                checkpoints.keep(
                        task.job().id(),
                        step,
                        List.of(new FileRef(
                                "output/checkpoint-" + step + "/" + name + ".safetensors", blob.hash(), blob.size())));
                return blob;
            });
        });
    }

    private long attempted() {
        return ours.does(() -> transactions.execute(_ -> jdbc.sql("""
                        insert into job_attempts
                            (tenant_id, job_id, number, fence, node_id, borrowed, assigned_at, lease_until)
                        values (?, ?, 1, nextval('job_fences'), gen_random_uuid(), false, now(), now())
                        returning fence
                        """)
                .params(ours.tenant().id(), task.job().id())
                .query(Long.class)
                .single()));
    }

    private void evaluated(long fence, long step, double loss) {
        ours.does(() -> transactions.execute(_ -> jdbc.sql("""
                        insert into job_events (tenant_id, job_id, fence, seq, at, type, body)
                        values (?, ?, ?, ?, now(), 'metrics', cast(? as json))
                        """)
                .params(
                        ours.tenant().id(),
                        task.job().id(),
                        fence,
                        step,
                        "{\"type\":\"metrics\",\"step\":%d,\"totalSteps\":9,\"values\":{\"eval_loss\":%s}}"
                                .formatted(step, loss))
                .update()));
    }

    private void cancel(TaskView which) {
        ours.does(() -> jobs.cancel(which.job().id()));
    }

    private List<FileRef> given(TaskView which, JobFiles.Role role) {
        return ours.does(() -> files.of(which.job().id(), role));
    }

    private static Change settings(@Nullable Long step, String settings) {
        return new Change(step, null, settings, null, null, null);
    }

    private void refuses(Supplier<Object> work, ErrorCode code) {
        assertThatThrownBy(() -> ours.does(work))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(code));
    }
}
