package dev.temper.web.launch;

import dev.temper.platform.common.Caller;
import dev.temper.platform.workerlink.EnrolmentTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.context.event.ContextClosedEvent;

/**
 * One worker on the platform's own machine, so that something trains without anything else to install. It is a process
 * beside the platform, is started once the platform answers, and ends with it.
 */
final class LocalWorker {
    private static final Duration TO_STOP = Duration.ofSeconds(15);
    private static final Duration TO_ENROL = Duration.ofHours(1);

    private final Process process;

    private LocalWorker(Process process) {
        this.process = process;
    }

    /** @param command what starts workers, as {@code ./temper} */
    static void start(Platform platform, DataFolder folder, Path command, Console console) {
        Path data = folder.resolve("worker");
        Path log = folder.resolve("logs").resolve("worker.log");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        command.toString(),
                        "worker",
                        "--platform",
                        platform.url(),
                        "--data",
                        data.toString(),
                        "--name",
                        "local",
                        "--with",
                        Long.toString(ProcessHandle.current().pid())))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        try {
            if (!Files.exists(data.resolve("worker.json"))) {
                builder.environment().put("TEMPER_ENROLMENT_TOKEN", token(platform));
            }
            Process process = builder.start();
            process.getOutputStream().close();
            LocalWorker worker = new LocalWorker(process);
            platform.context().addApplicationListener((ContextClosedEvent _) -> worker.stop());
            console.say("  A worker on this machine is starting; its log is %s".formatted(log));
        } catch (IOException e) {
            console.say("  No worker could be started on this machine: " + e.getMessage());
        }
    }

    private static String token(Platform platform) {
        EnrolmentTokens tokens = platform.context().getBean(EnrolmentTokens.class);
        return Caller.system("local worker").call(() -> tokens.issue(TO_ENROL).secret());
    }

    /** While the platform still answers, so that runs can bring their checkpoints. */
    private void stop() {
        process.destroy();
        try {
            if (!process.waitFor(TO_STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
