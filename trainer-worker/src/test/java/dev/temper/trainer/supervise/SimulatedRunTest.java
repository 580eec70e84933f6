package dev.temper.trainer.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.temper.contract.CodedException;
import dev.temper.contract.link.Directive;
import dev.temper.contract.link.Failure;
import dev.temper.contract.link.LinkJson;
import dev.temper.contract.link.WorkerEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class SimulatedRunTest {
    @TempDir
    Path folder;

    private final List<Long> pauses = new ArrayList<>();
    private final RunKind kind = new SimulatedRun(pauses::add);

    /** A worker that wants something at one step. */
    private static final class Side implements RunSide {
        private final List<WorkerEvent> told = new ArrayList<>();
        private final Map<Long, Directive> wishes;

        Side(Map<Long, Directive> wishes) {
            this.wishes = wishes;
        }

        @Override
        public void tell(WorkerEvent event) {
            told.add(event);
        }

        @Override
        public Directive directive() {
            return wishes.getOrDefault((long) metrics().size(), Directive.CONTINUE);
        }

        private List<WorkerEvent.Metrics> metrics() {
            return all(WorkerEvent.Metrics.class);
        }

        private List<Long> checkpoints() {
            return all(WorkerEvent.Checkpoint.class).stream()
                    .map(WorkerEvent.Checkpoint::step)
                    .toList();
        }

        private <T> List<T> all(Class<T> type) {
            return told.stream().filter(type::isInstance).map(type::cast).toList();
        }
    }

    @Test
    void takesItsStepsAndItsTimeAndKeepsCheckpoints() throws InterruptedException {
        Side side = new Side(Map.of());

        Ending ending = run("{\"steps\": 10, \"stepMillis\": 250, \"checkpointEvery\": 4}", 1, side);

        assertThat(ending).isEqualTo(new Ending.Done());
        assertThat(pauses).hasSize(10).containsOnly(250L);
        assertThat(side.metrics())
                .extracting(WorkerEvent.Metrics::step)
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
        assertThat(side.metrics().getLast().values().get("loss"))
                .isLessThan(side.metrics().getFirst().values().get("loss"));
        assertThat(side.checkpoints()).containsExactly(4L, 8L, 10L);
    }

    @Test
    void aCheckpointThatIsAskedForDoesNotStopIt() throws InterruptedException {
        Side side = new Side(Map.of(3L, Directive.CHECKPOINT));

        assertThat(run("{\"steps\": 5}", 1, side)).isEqualTo(new Ending.Done());
        assertThat(side.checkpoints()).containsExactly(3L, 5L);
    }

    @ParameterizedTest
    @EnumSource(names = {"PAUSE", "PREEMPT", "DRAIN"})
    void stopsWithACheckpointAndGoesOnWithTheSameNumbers(Directive wish) throws InterruptedException {
        Side whole = new Side(Map.of());
        kind.run(new Assignment(spec("{\"steps\": 6, \"seed\": 9}"), 1, List.of(), folder.resolve("whole")), whole);
        Side first = new Side(Map.of(2L, wish));
        Side second = new Side(Map.of());

        assertThat(run("{\"steps\": 6, \"seed\": 9}", 1, first)).isEqualTo(new Ending.Stopped(wish, 2));
        assertThat(run("{\"steps\": 6, \"seed\": 9}", 2, second)).isEqualTo(new Ending.Done());

        List<WorkerEvent.Metrics> both = new ArrayList<>(first.metrics());
        both.addAll(second.metrics());
        assertThat(both).isEqualTo(whole.metrics());
    }

    @Test
    void cancelStopsItWithoutACheckpoint() throws InterruptedException {
        Side side = new Side(Map.of(2L, Directive.CANCEL));

        assertThat(run("{\"steps\": 6}", 1, side)).isEqualTo(new Ending.Stopped(Directive.CANCEL, 2));
        assertThat(side.checkpoints()).isEmpty();
    }

    @Test
    void aWishToStopAtTheLastStepComesTooLate() throws InterruptedException {
        assertThat(run("{\"steps\": 2}", 1, new Side(Map.of(2L, Directive.PREEMPT))))
                .isEqualTo(new Ending.Done());
    }

    @Test
    void failsOnDemandAsOftenAsItIsTold() throws InterruptedException {
        String spec =
                "{\"steps\": 4, \"checkpointEvery\": 1, \"failAt\": 3, \"failAttempts\": 2, \"cause\": \"RESOURCES\"}";

        for (int attempt = 1; attempt <= 2; attempt++) {
            assertThat(run(spec, attempt, new Side(Map.of()))).isInstanceOfSatisfying(Ending.Failed.class, failed -> {
                assertThat(failed.failure().cause()).isEqualTo(Failure.Cause.RESOURCES);
                assertThat(failed.failure().message()).contains("step 3");
            });
        }
        Side third = new Side(Map.of());
        assertThat(run(spec, 3, third)).isEqualTo(new Ending.Done());
        assertThat(third.metrics()).extracting(WorkerEvent.Metrics::step).containsExactly(3L, 4L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"steps\": 0}",
                "{\"steps\": -1}",
                "{\"steps\": 1.5}",
                "{\"steps\": \"5\"}",
                "{\"steps\": 99999999999}",
                "{\"steps\": 5, \"stepMillis\": -1}",
                "{\"steps\": 5, \"cause\": \"NOBODY\"}",
                "{\"steps\": 5, \"stpes\": 5}"
            })
    void aWrongSpecIsRefused(String spec) {
        assertThatThrownBy(() -> run(spec, 1, new Side(Map.of())))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo("simulated_spec_invalid"));
    }

    @Test
    void isInstalledAndFoundByItsName() {
        RunKinds kinds = RunKinds.installed();

        assertThat(kinds.names()).contains("simulated");
        assertThat(kinds.named("simulated")).isInstanceOf(SimulatedRun.class);
        assertThatThrownBy(() -> kinds.named("quantum")).isInstanceOfSatisfying(CodedException.class, e -> {
            assertThat(e.code()).isEqualTo("run_kind_unknown");
            assertThat(e.remedy()).contains("simulated");
        });
    }

    @Test
    void twoOfOneNameAreRefused() {
        assertThatThrownBy(() -> RunKinds.of(List.of(kind, new SimulatedRun())))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo("run_kind_twice"));
    }

    private Ending run(String spec, int attempt, RunSide side) throws InterruptedException {
        return kind.run(new Assignment(spec(spec), attempt, List.of("sim-0"), folder), side);
    }

    private static JsonNode spec(String json) {
        return LinkJson.document(json);
    }
}
