package dev.temper.web.launch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.ContextClosedEvent;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts the platform and stays until it is stopped. */
@Command(name = "up", description = "Start the platform and stay until Ctrl-C.", mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
    @Mixin
    private final StartOptions start = new StartOptions();

    @Option(names = "--port", paramLabel = "N", description = "Port to answer on (temper.http.port; 8080).")
    private @Nullable Integer port;

    @Option(names = "--open", description = "Open the browser once the platform answers.")
    private boolean open;

    @Option(names = "--no-worker", description = "Start no worker on this machine.")
    private boolean noWorker;

    @Option(names = "--worker-command", hidden = true, description = "What starts a worker; ./temper says so.")
    private @Nullable Path workerCommand;

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
        console.say("Temper is ready at " + platform.url());
        if (workerCommand != null && !noWorker) {
            LocalWorker.start(platform, folder, workerCommand, console);
        }
        if (open) {
            openBrowser(platform.url());
        }
        stopped.await();
        return 0;
    }

    private static void openBrowser(String url) {
        try {
            new ProcessBuilder("xdg-open", url)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException noBrowser) {
            // The address stands on the line above.
        }
    }
}
