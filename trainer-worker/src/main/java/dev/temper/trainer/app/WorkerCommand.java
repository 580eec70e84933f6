package dev.temper.trainer.app;

import dev.temper.contract.CodedException;
import dev.temper.trainer.supervise.Worker;
import dev.temper.trainer.supervise.WorkerOptions;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "worker",
        mixinStandardHelpOptions = true,
        description = "Makes this machine a worker of a platform: it takes runs and trains them until it is stopped.")
final class WorkerCommand implements Callable<Integer> {
    private static final long GIBIBYTE = 1L << 30;

    @Option(names = "--platform", paramLabel = "URL", required = true, description = "Where the platform answers.")
    private URI platform = URI.create("");

    @Option(
            names = "--authority",
            paramLabel = "FILE",
            description = "Who certifies the platform, as PEM, where no public authority does.")
    private @Nullable Path authority;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "The one-time enrolment token; needed at the first start. Else TEMPER_ENROLMENT_TOKEN.")
    private @Nullable String token;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The worker's folder: its credential, runs and cache (${DEFAULT-VALUE}).")
    private Path data = Path.of(".temper-worker");

    @Option(names = "--name", paramLabel = "NAME", description = "What people call it; else the host's name.")
    private @Nullable String name;

    @Option(
            names = "--labels",
            paramLabel = "KEY=VALUE",
            split = ",",
            description = "What pools pick workers by, as gpu=a100-80g; may be repeated.")
    private Map<String, String> labels = new LinkedHashMap<>();

    @Option(
            names = "--simulate",
            paramLabel = "DEVICES",
            description = "Pretend to have these devices in place of the machine's, as 8xA100-80G.")
    private @Nullable String simulate;

    @Option(
            names = "--silence",
            paramLabel = "MINUTES",
            description = "End a run that says nothing for so long (${DEFAULT-VALUE}).")
    private int silence = 60;

    @Option(
            names = "--free-disk",
            paramLabel = "GIB",
            description = "Take no runs while less is free (${DEFAULT-VALUE}).")
    private int freeDisk = 2;

    @Option(
            names = "--cache",
            paramLabel = "GIB",
            description = "Models and datasets to keep for later runs (${DEFAULT-VALUE}).")
    private int cache = 50;

    @Option(
            names = "--shared",
            paramLabel = "DIR",
            description = "A folder of models and data that every run may read; may be repeated.")
    private List<Path> shared = new ArrayList<>();

    @Option(
            names = "--stop-patience",
            paramLabel = "SECONDS",
            description = "What runs get to write their checkpoints when the worker is stopped (${DEFAULT-VALUE}).")
    private int stopPatience = 120;

    @Option(
            names = "--with",
            paramLabel = "PROCESS",
            description = "End when the process of this number does; what runs is found at the next start.")
    private @Nullable Long with;

    @Override
    public Integer call() throws InterruptedException {
        if (with != null) {
            Optional<ProcessHandle> platformProcess = ProcessHandle.of(with);
            Thread.ofVirtual().name("with").start(() -> {
                platformProcess.ifPresent(process -> process.onExit().join());
                Runtime.getRuntime().halt(0);
            });
        }
        Worker worker = Worker.start(options(), software(), System.out::println);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> stop(worker)));
        worker.await();
        return 0;
    }

    private void stop(Worker worker) {
        try {
            System.out.println("Stopping: runs write their checkpoints");
            worker.stop(Duration.ofSeconds(stopPatience));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private WorkerOptions options() {
        String scheme = platform.getScheme();
        if (scheme == null || !scheme.matches("https?") || platform.getHost() == null) {
            throw CodedException.user(
                    "platform_address_wrong",
                    "\"" + platform + "\" is not the address of a platform.",
                    "Give one such as https://temper.example.org.");
        }
        return new WorkerOptions(
                platform,
                authority,
                token != null ? token : System.getenv("TEMPER_ENROLMENT_TOKEN"),
                data.toAbsolutePath().normalize(),
                name != null ? name : hostName(),
                labels,
                simulate,
                Duration.ofMinutes(silence),
                freeDisk * GIBIBYTE,
                cache * GIBIBYTE,
                shared.stream()
                        .map(folder -> folder.toAbsolutePath().normalize())
                        .toList());
    }

    private static String software() {
        return Objects.requireNonNullElse(WorkerCommand.class.getPackage().getImplementationVersion(), "0.1");
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException _) {
            return "worker";
        }
    }
}
