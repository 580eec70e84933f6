package dev.temper.platform.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.temper.contract.GenerateSpec;
import dev.temper.contract.GenerateSpec.Sampling;
import dev.temper.contract.link.FileRef;
import dev.temper.contract.link.TimedEvent;
import dev.temper.contract.link.WorkerEvent;
import dev.temper.platform.PlatformTest;
import dev.temper.platform.World;
import dev.temper.platform.World.Inhabitant;
import dev.temper.platform.common.FleetScope;
import dev.temper.platform.job.Checkpoints;
import dev.temper.platform.job.JobEvents;
import dev.temper.platform.job.JobState;
import dev.temper.platform.task.AfterRuns.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionOperations;

@PlatformTest
class TrialsTest {
    @Autowired
    private World world;

    @Autowired
    private AfterRuns runs;

    @Autowired
    private Trials trials;

    @Autowired
    private Checkpoints checkpoints;

    @Autowired
    private JobEvents events;

    @Autowired
    private TransactionOperations transactions;

    private Inhabitant ours;
    private Place place;
    private TaskView task;

    @BeforeEach
    void aTaskWithACheckpoint() {
        ours = world.owner();
        place = runs.place(ours);
        task = runs.task(place, "{\"data\":{\"template\":\"chatml\"}}");
        FileRef weights = runs.content(place, "output/checkpoint-2/trained.safetensors");
        ours.does(() -> transactions.execute(_ -> {
            checkpoints.keep(task.job().id(), 2, List.of(weights));
            return task;
        }));
    }

    @Test
    void aCheckpointAnswersWhileItsRunGoesOnAndItsPiecesBecomeTheAnswer() {
        runs.taken(place, task.job());
        TrialView trial = ours.does(() -> trials.start(task.id(), 2L, asking("你好")));
        assertThat(trial.job().kind()).isEqualTo("generate");
        assertThat(trial.template()).as("the one it learns with").isEqualTo("chatml");
        assertThat(trial.asked())
                .singleElement()
                .satisfies(asked -> assertThat(asked.answer()).isNull());

        long fence = runs.taken(place, trial.job());
        tell(trial, fence, 1, piece(false, "您", null));
        assertThat(shown(trial).answer()).isEqualTo(new TrialView.Answer("您", null));
        tell(trial, fence, 2, piece(false, "好", "token"), piece(true, "…", "length"));

        TrialView.Asked answered = shown(trial);
        assertThat(answered.answer()).isEqualTo(new TrialView.Answer("您好", "token"));
        assertThat(answered.base()).isEqualTo(new TrialView.Answer("…", "length"));
        assertThat(ours.does(() -> trials.of(task))).hasSize(1);
    }

    @Test
    void whatCanNotBeAskedIsRefusedAndOthersSeeNothing() {
        assertThatThrownBy(() -> ours.does(() -> trials.start(task.id(), null, asking("?"))))
                .hasMessageContaining("nothing_trained_yet");
        assertThatThrownBy(() -> ours.does(() -> trials.start(task.id(), 3L, asking("?"))))
                .hasMessageContaining("checkpoint_unknown");
        assertThatThrownBy(() -> asking(" ")).hasMessageContaining("field_required");
        assertThatThrownBy(() -> asking("x".repeat(GenerateSpec.LONGEST))).hasMessageContaining("field_too_long");
        TrialView trial = ours.does(() -> trials.start(task.id(), 2L, asking("?")));
        assertThat(trial.job().state()).isEqualTo(JobState.QUEUED);

        Inhabitant others = world.owner();
        UUID job = trial.job().id();
        assertThatThrownBy(() -> others.does(() -> trials.get(task.id(), job))).hasMessageContaining("not_found");
        assertThatThrownBy(() -> others.does(() -> trials.start(task.id(), 2L, asking("?"))))
                .hasMessageContaining("not_found");
        assertThatThrownBy(
                        () -> ours.does(() -> trials.get(task.id(), task.job().id())))
                .as("a training is no trial")
                .hasMessageContaining("not_found");
    }

    private static Trials.Wanted asking(String prompt) {
        return new Trials.Wanted(List.of(Trials.prompt("/prompts/0", prompt, null)), Sampling.DEFAULT, true, null);
    }

    private static WorkerEvent piece(boolean base, String text, @Nullable String end) {
        return new WorkerEvent.Answer(0, base, text, end);
    }

    private TrialView.Asked shown(TrialView trial) {
        return ours.does(() -> trials.get(task.id(), trial.job().id())).asked().getFirst();
    }

    private void tell(TrialView trial, long fence, long first, WorkerEvent... pieces) {
        FleetScope.run(() -> transactions.executeWithoutResult(_ -> events.keep(
                place.node().id(),
                trial.job().id(),
                fence,
                first,
                Stream.of(pieces)
                        .map(piece -> new TimedEvent(Instant.EPOCH, piece))
                        .toList(),
                Duration.ZERO)));
    }
}
