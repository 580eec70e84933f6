package dev.temper.trainer.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.temper.contract.link.Directive;
import dev.temper.contract.link.Failure;
import dev.temper.contract.link.LeaseId;
import dev.temper.contract.link.LeaseOffer;
import dev.temper.contract.link.LinkJson;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WatchTest {
    private static final long GIBIBYTE = 1L << 30;

    private long now;

    @Test
    void aRunMayTakeItsShareOfTheMemory() {
        Watch watch = watch(0, List.of("sim-0", "sim-1"));

        assertThat(watch.look(16 * GIBIBYTE)).isEqualTo(new Watch.Well());
        assertThat(failure(watch.look(16 * GIBIBYTE + 1)).code()).isEqualTo("memory_limit_reached");
        assertThat(failure(watch.look(17 * GIBIBYTE)).cause()).isEqualTo(Failure.Cause.RESOURCES);
    }

    @Test
    void aRunThatSaysNothingIsEndedAndOneThatDoesIsNot() {
        Watch watch = watch(0, List.of("sim-0"));
        pass(Duration.ofMinutes(59));
        watch.progress();
        pass(Duration.ofMinutes(59));

        assertThat(watch.look(1)).isEqualTo(new Watch.Well());
        pass(Duration.ofMinutes(2));
        assertThat(failure(watch.look(1)).code()).isEqualTo("run_silent");
    }

    @Test
    void aRunMayTakeItsTime() {
        Watch watch = watch(60_000, List.of("sim-0"));
        pass(Duration.ofSeconds(60));
        assertThat(watch.look(1)).isEqualTo(new Watch.Well());

        pass(Duration.ofSeconds(1));
        assertThat(failure(watch.look(1)).cause()).isEqualTo(Failure.Cause.USER);
    }

    @Test
    void whoIsToldToStopGetsAMomentAndWhoIsToWriteACheckpointLonger() {
        Watch cancelled = watch(0, List.of("sim-0"));
        Watch paused = watch(0, List.of("sim-0"));
        Watch checkpointing = watch(0, List.of("sim-0"));
        cancelled.wanted(Directive.CANCEL);
        paused.wanted(Directive.PAUSE);
        checkpointing.wanted(Directive.CHECKPOINT);
        pass(Duration.ofSeconds(2));

        assertThat(cancelled.look(1)).isEqualTo(new Watch.Late());
        assertThat(paused.look(1)).isEqualTo(new Watch.Well());
        pass(Duration.ofMinutes(11));
        assertThat(paused.look(1)).isEqualTo(new Watch.Late());
        assertThat(checkpointing.look(1)).isEqualTo(new Watch.Well());
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private static Failure failure(Watch.Verdict verdict) {
        assertThat(verdict).isInstanceOf(Watch.Guilty.class);
        return ((Watch.Guilty) verdict).failure();
    }

    private Watch watch(long maxRunMillis, List<String> devices) {
        SupervisorSettings usual = SupervisorSettings.of(64 * GIBIBYTE, 8, Duration.ofMinutes(60), 0);
        SupervisorSettings settings = new SupervisorSettings(
                InstantSource.system(),
                () -> now,
                usual.glance(),
                usual.tell(),
                usual.beat(),
                usual.leaseWait(),
                usual.cancelPatience(),
                usual.stopPatience(),
                usual.silence(),
                0,
                usual.hostMemory(),
                usual.devices());
        return new Watch(
                settings,
                new LeaseOffer(
                        new LeaseId(UUID.randomUUID(), 1),
                        1,
                        "simulated",
                        LinkJson.document("{}"),
                        devices,
                        60_000,
                        maxRunMillis,
                        0,
                        List.of()));
    }
}
