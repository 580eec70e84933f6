package dev.temper.web.launch;

import dev.temper.web.TemperApplication;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts the platform and stays until it is stopped. */
@Command(name = "up", description = "Start the platform and stay until Ctrl-C.", mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(UpCommand.class);

    @Mixin
    private final StartOptions start = new StartOptions();

    @Option(names = "--port", paramLabel = "N", description = "Port to answer on (temper.http.port; 8080).")
    private @Nullable Integer port;

    @Option(names = "--open", description = "Open the browser once the platform answers.")
    private boolean open;

    @Override
    public Integer call() throws InterruptedException {
        var console = new Console(System.out, System.err);
        if (port != null) {
            start.set("temper.http.port", port.toString());
        }
        DataFolder folder = DataFolder.lock(start.data());
        var application = new SpringApplication(TemperApplication.class);
        application.addInitializers(new Preparation(folder, console));
        console.progress("Starting the platform");
        ConfigurableApplicationContext context = run(application, start.asArguments(folder));
        var stopped = new CountDownLatch(1);
        context.addApplicationListener((ContextClosedEvent _) -> stopped.countDown());
        String url = url(context);
        console.say("Temper is ready at " + url);
        if (open) {
            openBrowser(url);
        }
        stopped.await();
        return 0;
    }

    /** The terminal gets one line of a failure; the file gets all of it. */
    private static ConfigurableApplicationContext run(SpringApplication application, String[] arguments) {
        try {
            return application.run(arguments);
        } catch (RuntimeException failure) {
            LOG.info("The platform did not start", failure);
            throw failure;
        }
    }

    private static String url(ConfigurableApplicationContext context) {
        return "http://localhost:" + context.getEnvironment().getRequiredProperty("local.server.port");
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
