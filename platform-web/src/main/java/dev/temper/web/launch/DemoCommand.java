package dev.temper.web.launch;

import dev.temper.web.demo.DemoFailed;
import dev.temper.web.demo.MainJob;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.ContextClosedEvent;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** Starts the platform with a worker, does the main job by REST with what is in the box, and stays. */
@Command(
        name = "demo",
        description = "Start the platform, fine-tune the model in the box by REST, show what changed, and stay.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private static final String MODELS = "temper.models.included";

    @Mixin
    private final StartOptions start = new StartOptions();

    @Option(names = "--port", paramLabel = "N", description = "Port to answer on (temper.http.port; 8080).")
    private @Nullable Integer port;

    @Option(names = "--worker-command", hidden = true, required = true, description = "./temper says so.")
    private Path workerCommand = Path.of("temper");

    @Override
    public Integer call() throws InterruptedException {
        var console = new Console(System.out, System.err);
        if (port != null) {
            start.set("temper.http.port", port.toString());
        }
        DataFolder folder = DataFolder.lock(start.data());
        Platform platform = Platform.start(folder, start, console);
        var stopped = new CountDownLatch(1);
        platform.context().addApplicationListener((ContextClosedEvent _) -> stopped.countDown());
        try {
            LocalWorker.start(platform, folder, workerCommand, console);
            FirstLogin login = login(folder);
            long task = MainJob.run(
                    platform.url(),
                    login.apiKey(),
                    workerCommand,
                    models(platform),
                    folder.resolve("demo"),
                    console::say);
            console.say("");
            console.say("  Look at it: %s/t/%s/tasks/%d".formatted(platform.url(), login.tenant(), task));
            console.say("  Sign in as %s with the password in %s"
                    .formatted(login.email(), folder.resolve(FirstLogin.FILE)));
            console.say("Temper is ready at " + platform.url() + " (Ctrl-C stops it)");
        } catch (RuntimeException failed) {
            // Its worker and its database go with it.
            platform.context().close();
            throw failed instanceof DemoFailed ? refusal(failed, folder) : failed;
        }
        stopped.await();
        return 0;
    }

    private static StartRefused refusal(RuntimeException failed, DataFolder folder) {
        return new StartRefused(
                "%s The logs are in %s.".formatted(failed.getMessage(), folder.resolve("logs")), failed);
    }

    private static FirstLogin login(DataFolder folder) {
        if (!folder.has(FirstLogin.FILE)) {
            throw new StartRefused(
                    "The folder %s has data but no %s any more: give the demo a --data folder of its own."
                            .formatted(folder.path(), FirstLogin.FILE));
        }
        return JsonMapper.shared().readValue(folder.read(FirstLogin.FILE), FirstLogin.class);
    }

    private static Path models(Platform platform) {
        return Path.of(Objects.requireNonNull(
                platform.context().getEnvironment().getProperty(MODELS), MODELS + " is set by ./temper"));
    }
}
