package dev.temper.trainer.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.temper.contract.link.Enrolment;
import dev.temper.contract.link.Outcome.Result;
import dev.temper.contract.link.WorkerEvent;
import dev.temper.trainer.app.Main;
import dev.temper.trainer.supervise.PlatformDouble.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./temper worker} as a process: killed, started again, stopped politely. */
class WorkerProcessTest {
    @TempDir
    private Path data;

    private PlatformDouble platform;
    private final List<Process> workers = new ArrayList<>();

    @BeforeEach
    void aPlatform() throws IOException {
        platform = new PlatformDouble();
    }

    @AfterEach
    void end() {
        workers.forEach(Process::destroyForcibly);
        runs().forEach(ProcessHandle::destroyForcibly);
        platform.close();
    }

    @Test
    void killedAndStartedAgainItEnrolsOnceAndLosesNothing() throws IOException, InterruptedException {
        Run run = platform.offer("simulated", "{\"steps\":100000,\"stepMillis\":5}", 60_000);
        Process first = worker("--token", "once");
        await("it works", () -> steps(run).size() > 2);
        List<ProcessHandle> before = runs();

        first.destroyForcibly().waitFor();
        int told = steps(run).size();
        assertThat(runs()).as("the run outlives its worker").isEqualTo(before);
        Process second = worker();
        await("the next one tells on", () -> steps(run).size() > told + 3);
        assertThat(runs()).isEqualTo(before);

        second.destroy();
        assertThat(second.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(platform.outcome(run))
                .hasValueSatisfying(outcome -> assertThat(outcome.result()).isEqualTo(Result.PREEMPTED));
        assertThat(runs()).isEmpty();
        assertThat(steps(run))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, steps(run).getLast()).boxed().toList());
        assertThat(platform.enrolled()).hasSize(1);
        Enrolment asked = platform.enrolled().getFirst();
        assertThat(asked.token()).isEqualTo("once");
        assertThat(asked.name()).isEqualTo("machine");
        assertThat(asked.inventory().labels()).containsEntry("pool", "a");
        assertThat(asked.inventory().devices()).hasSize(2);
    }

    private Process worker(String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName(),
                "worker",
                "--platform",
                platform.address().toString(),
                "--data",
                data.toString(),
                "--name",
                "machine",
                "--labels",
                "pool=a",
                "--simulate",
                "2xA100-80G",
                "--free-disk",
                "0"));
        command.addAll(List.of(more));
        Process worker = new ProcessBuilder(command).inheritIO().start();
        workers.add(worker);
        return worker;
    }

    private List<Long> steps(Run run) {
        return platform.told(run).stream()
                .filter(WorkerEvent.Metrics.class::isInstance)
                .map(event -> ((WorkerEvent.Metrics) event).step())
                .toList();
    }

    private List<ProcessHandle> runs() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains(RunProcess.class.getName()) && line.contains(data.toString()))
                        .isPresent())
                .toList();
    }

    private static void await(String what, BooleanSupplier until) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!until.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("Not in time: " + what);
            }
            LockSupport.parkNanos(10_000_000);
        }
    }
}
