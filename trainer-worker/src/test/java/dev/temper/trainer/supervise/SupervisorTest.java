package dev.temper.trainer.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.temper.contract.ExportSpec;
import dev.temper.contract.GenerateSpec;
import dev.temper.contract.OutputFormat;
import dev.temper.contract.RunSpec;
import dev.temper.contract.RunSpecJson;
import dev.temper.contract.link.Directive;
import dev.temper.contract.link.FileRef;
import dev.temper.contract.link.Outcome;
import dev.temper.contract.link.Outcome.Result;
import dev.temper.contract.link.WorkerEvent;
import dev.temper.trainer.TinyModel;
import dev.temper.trainer.link.PlatformLink;
import dev.temper.trainer.run.Control;
import dev.temper.trainer.supervise.PlatformDouble.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Runs in processes of their own, and what becomes of them when something dies. */
class SupervisorTest {
    private static final long MINUTE = 60_000;

    @TempDir
    private Path data;

    private PlatformDouble platform;
    private Supervisor supervisor;

    @BeforeEach
    void aWorker() throws IOException {
        platform = new PlatformDouble();
        supervisor = start(platform.address());
    }

    @AfterEach
    void end() {
        supervisor.close();
        processes().forEach(ProcessHandle::destroyForcibly);
        platform.close();
    }

    @Test
    void aRunIsStartedWatchedAndToldWhole() throws IOException {
        FileRef model = platform.content("models/base", "weights".getBytes(StandardCharsets.UTF_8));
        Run run = platform.offer(
                "simulated", "{\"steps\":40,\"stepMillis\":20,\"checkpointEvery\":20,\"seed\":7}", MINUTE, model);

        Outcome outcome = outcome(run);
        assertThat(outcome.result()).isEqualTo(Result.SUCCEEDED);
        assertThat(steps(run))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 40).boxed().toList());
        assertThat(platform.told(run))
                .filteredOn(WorkerEvent.Checkpoint.class::isInstance)
                .extracting(WorkerEvent.Checkpoint.class::cast)
                .filteredOn(checkpoint -> !checkpoint.files().isEmpty())
                // The last one is a step before the end: it need not be brought once the result is there.
                .isNotEmpty()
                .allSatisfy(checkpoint -> assertThat(
                                platform.content(checkpoint.files().getFirst().sha256()))
                        .hasValueSatisfying(
                                bytes -> assertThat(bytes).asString().contains("step " + checkpoint.step())));
        await("nothing is left of it", () -> supervisor.runs() == 0 && folders().isEmpty());
        assertThat(data.resolve("cache").resolve(model.sha256())).hasContent("weights");
    }

    @Test
    void aRunThatIsKilledIsToldAsSuch() {
        Run run = longRun(MINUTE);
        await("it works", () -> steps(run).size() > 2);

        processes().forEach(ProcessHandle::destroyForcibly);

        assertThat(outcome(run).failure())
                .isNotNull()
                .satisfies(failure -> assertThat(failure.code()).isEqualTo("run_killed"));
    }

    @Test
    void oneThatIsCancelledIsGoneWithinTwoSeconds() {
        Run run = longRun(MINUTE);
        await("it works", () -> steps(run).size() > 2);
        long asked = System.nanoTime();

        platform.want(run, Directive.CANCEL);

        assertThat(outcome(run).result()).isEqualTo(Result.CANCELLED);
        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(2));
        assertThat(processes()).isEmpty();
    }

    @Test
    void oneThatIsPausedBringsItsCheckpointFirst() {
        Run run = longRun(MINUTE);
        await("it works", () -> steps(run).size() > 2);

        platform.want(run, Directive.PAUSE);

        assertThat(outcome(run).result()).isEqualTo(Result.PAUSED);
        long last = steps(run).getLast();
        assertThat(platform.told(run))
                .anySatisfy(event -> assertThat(event)
                        .isInstanceOfSatisfying(WorkerEvent.Checkpoint.class, checkpoint -> {
                            assertThat(checkpoint.step()).isEqualTo(last);
                            assertThat(checkpoint.files()).isNotEmpty();
                        }));
    }

    @Test
    void aSupervisorThatStartsAgainFindsItsRunAlive() throws IOException {
        Run run = longRun(MINUTE);
        await("it works", () -> steps(run).size() > 2);
        List<ProcessHandle> before = processes();

        supervisor.close();
        assertThat(processes()).isEqualTo(before);
        int known = steps(run).size();
        supervisor = start(platform.address());

        await("its story goes on", () -> steps(run).size() > known + 3);
        assertThat(processes()).isEqualTo(before);
        platform.want(run, Directive.PREEMPT);
        assertThat(outcome(run).result()).isEqualTo(Result.PREEMPTED);
        assertThat(steps(run))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, steps(run).getLast()).boxed().toList());
    }

    @Test
    void aRunThatDiedWhileNobodyLookedIsToldWithAllItSaid() throws IOException {
        Run run = longRun(MINUTE);
        await("it works", () -> steps(run).size() > 2);
        supervisor.close();
        processes().forEach(process -> {
            process.destroyForcibly();
            process.onExit().join();
        });

        supervisor = start(platform.address());

        assertThat(outcome(run).failure())
                .isNotNull()
                .satisfies(failure -> assertThat(failure.code()).isEqualTo("run_vanished"));
        assertThat(steps(run))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, steps(run).getLast()).boxed().toList());
    }

    @Test
    void aShortCutOfTheNetworkIsNotNoticedAndALongOneStopsTheRun() throws IOException {
        try (TcpProxy network = new TcpProxy(platform.port())) {
            supervisor.close();
            supervisor = start(network.address());
            Run lasting = longRun(10 * MINUTE);
            await("it works", () -> steps(lasting).size() > 2);
            network.cut();
            int told = steps(lasting).size();
            await("it works on", () -> lines(lasting) > told + 10);
            network.mend();
            await("all is told", () -> steps(lasting).size() > told + 10);
            platform.want(lasting, Directive.CANCEL);
            assertThat(outcome(lasting).result()).isEqualTo(Result.CANCELLED);

            Run short1 = longRun(1_500);
            await("it works", () -> steps(short1).size() > 2);
            network.cut();
            await("it stops with its checkpoint", () -> processes().isEmpty());
            network.mend();
            assertThat(outcome(short1).result()).isEqualTo(Result.PREEMPTED);
        }
    }

    @Test
    void aRequestThatTheNetworkSwallowsIsGivenUp() throws IOException {
        try (TcpProxy network = new TcpProxy(platform.port())) {
            supervisor.close();
            supervisor = start(network.address());
            Run run = longRun(10 * MINUTE);
            await("it works", () -> steps(run).size() > 2);
            network.swallow();
            int told = steps(run).size();
            await("it works on", () -> lines(run) > told + 50);
            network.mend();
            long asked = System.nanoTime();

            platform.want(run, Directive.CANCEL);

            await("it stops", () -> processes().isEmpty());
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(8));
            assertThat(outcome(run).result()).isEqualTo(Result.CANCELLED);
        }
    }

    @Test
    void aFullDiskCostsTheRunAndNotTheWorker() {
        Run full = longRun(MINUTE);
        Run other = longRun(MINUTE);
        await("both work", () -> steps(full).size() > 2 && steps(other).size() > 2);

        // Every byte that is written there meets a full disk, a real one.
        Path place = folder(full).resolve("intake.new");
        await("it is ended", () -> {
            make("ln", "-s", "/dev/full", place);
            return processes().size() == 1 && supervisor.runs() == 1;
        });
        assertThat(platform.outcome(full)).as("its lease ends by itself").isEmpty();
        int told = steps(other).size();
        await("the other works on", () -> steps(other).size() > told + 3);
    }

    @Test
    void aDiskThatHangsHoldsUpNobodyElseAndIsGoneOnWith() throws IOException {
        Run hanging = longRun(MINUTE);
        Run other = longRun(MINUTE);
        await("both work", () -> steps(hanging).size() > 2 && steps(other).size() > 2);

        // Whoever writes there waits until somebody reads.
        Path stuck = folder(hanging).resolve("intake.new");
        await("its supervisor hangs", () -> {
            make("mkfifo", stuck);
            return lines(hanging) > steps(hanging).size() + 20;
        });
        platform.want(other, Directive.CANCEL);
        assertThat(outcome(other).result()).isEqualTo(Result.CANCELLED);

        Files.readAllBytes(stuck);
        platform.want(hanging, Directive.PAUSE);
        assertThat(outcome(hanging).result()).isEqualTo(Result.PAUSED);
        assertThat(steps(hanging))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, steps(hanging).getLast())
                                .boxed()
                                .toList());
    }

    @Test
    void aRunWhoseLeaseIsOverIsKilledAndItsStoryToldAllTheSame() {
        Run run = longRun(MINUTE);
        await("it works", () -> steps(run).size() > 2);

        platform.endLease(run);

        await("it is gone", () -> processes().isEmpty() && supervisor.runs() == 0);
        assertThat(platform.outcome(run)).isEmpty();
        assertThat(platform.told(run)).last().isInstanceOf(WorkerEvent.Phased.class);
    }

    @Test
    void whatARunHasTrainedIsAskedAndMadeAnotherFormatOf() throws IOException {
        Path ground = Files.createDirectories(data.resolve("ground"));
        TinyModel.write(ground.resolve("model"));
        Files.writeString(
                ground.resolve("rows.jsonl"), "{\"instruction\":\"Count\",\"output\":\"one two\"}\n".repeat(8));
        RunSpec spec = RunSpecJson.read("""
                {"name": "tiny", "model": {"path": "%1$s/model"},
                 "data": {"train": [{"path": "%1$s/rows.jsonl"}], "template": "chatml", "cutoffLen": 64},
                 "optimiser": {"learningRate": 0.02}, "schedule": {"maxSteps": 40},
                 "batch": {"perDeviceTrainBatchSize": 4, "gradientAccumulationSteps": 1},
                 "compute": {"device": "cpu"}, "output": {"plotLoss": false}}""".formatted(ground));
        Path output = ground.resolve("run");
        new dev.temper.trainer.run.Run(spec, output, false, new Control(output), _ -> {}).execute();
        ObjectNode job = (ObjectNode) JsonMapper.shared().readTree(RunSpecJson.write(spec));
        job.withObject("/model").put("path", "model");
        RunSpec leased = RunSpecJson.read(job.toString());
        List<FileRef> given = new ArrayList<>(given(ground.resolve("model"), "model"));
        given.addAll(given(output.resolve("checkpoint-40"), "trained"));
        FileRef[] files = given.toArray(FileRef[]::new);

        GenerateSpec asking = new GenerateSpec(
                leased,
                "trained",
                40L,
                List.of(
                        new GenerateSpec.Asked(null, List.of("Count")),
                        new GenerateSpec.Asked("Be brief", List.of("On"))),
                new GenerateSpec.Sampling(12, 0, 1, 0, 1, 1),
                true);
        Run asked = platform.offer("generate", RunSpecJson.writeWhole(asking), MINUTE, files);

        assertThat(outcome(asked).result()).as(platform.told(asked).toString()).isEqualTo(Result.SUCCEEDED);
        List<WorkerEvent.Answer> answers = platform.told(asked).stream()
                .filter(WorkerEvent.Answer.class::isInstance)
                .map(WorkerEvent.Answer.class::cast)
                .filter(answer -> answer.end() != null)
                .toList();
        assertThat(answers).extracting(WorkerEvent.Answer::asked).containsExactly(0, 1, 0, 1);
        assertThat(answers).extracting(WorkerEvent.Answer::base).containsExactly(false, false, true, true);
        assertThat(answers.getFirst().text())
                .as("the checkpoint's and the base's")
                .isNotEqualTo(answers.get(2).text());
        Run made = platform.offer(
                "export",
                RunSpecJson.writeWhole(new ExportSpec(leased, "trained", 40L, OutputFormat.GGUF_Q8_0)),
                MINUTE,
                files);
        assertThat(outcome(made).files()).extracting(FileRef::path).contains("output/step-40/model-q8_0.gguf");
    }

    private List<FileRef> given(Path folder, String as) throws IOException {
        List<FileRef> given = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                given.add(platform.content(as + "/" + file.getFileName(), Files.readAllBytes(file)));
            }
        }
        return given;
    }

    private Run longRun(long leaseMillis) {
        return platform.offer("simulated", "{\"steps\":100000,\"stepMillis\":5}", leaseMillis);
    }

    private Supervisor start(URI address) throws IOException {
        SupervisorSettings settings = new SupervisorSettings(
                InstantSource.system(),
                System::nanoTime,
                Duration.ofMillis(20),
                Duration.ofMillis(20),
                Duration.ofMillis(300),
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                Duration.ofMinutes(1),
                0,
                1L << 36,
                1);
        var devices = SimulatedDevices.parse("1xA100-80G");
        Supervisor made = new Supervisor(
                data,
                new PlatformLink(address, "credential", null),
                List.of("simulated"),
                Telemetry.ofThisMachine(devices),
                new ProcessLauncher(devices, 2, List.of()),
                new ContentCache(data.resolve("cache"), 1 << 20),
                settings);
        made.start();
        return made;
    }

    private Outcome outcome(Run run) {
        await("an outcome of " + platform.told(run), () -> platform.outcome(run).isPresent());
        return platform.outcome(run).orElseThrow();
    }

    private List<Long> steps(Run run) {
        return platform.told(run).stream()
                .filter(WorkerEvent.Metrics.class::isInstance)
                .map(event -> ((WorkerEvent.Metrics) event).step())
                .toList();
    }

    /** Unless the supervisor has a file of its own there just now. */
    private static void make(Object... command) {
        if (!Files.exists((Path) command[command.length - 1], LinkOption.NOFOLLOW_LINKS)) {
            try {
                new ProcessBuilder(Stream.of(command).map(Object::toString).toList())
                        .start()
                        .onExit()
                        .join();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private Path folder(Run run) {
        return RunFolder.of(data.resolve("runs"), run.offer.lease()).root();
    }

    private List<RunFolder> folders() {
        return RunFolder.in(data.resolve("runs"));
    }

    /** What the run has told so far, whether or not it has reached the platform. */
    private long lines(Run run) {
        Path story = RunFolder.of(data.resolve("runs"), run.offer.lease()).story();
        try (Stream<String> told = Files.lines(story)) {
            return told.count();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<ProcessHandle> processes() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(data.toString()))
                .toList();
    }

    private static void await(String what, BooleanSupplier until) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!until.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("Not in time: " + what);
            }
            LockSupport.parkNanos(10_000_000);
        }
    }
}
