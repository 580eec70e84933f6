package dev.temper.web.launch;

import dev.temper.db.DatabaseAccess;
import dev.temper.web.TemperApplication;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The platform's services without its pages, for one command: on the database of a platform that runs, on its embedded
 * one while it does not, or on the one the settings name.
 */
final class AdminContext {
    private AdminContext() {}

    static ConfigurableApplicationContext open(StartOptions options) {
        DataFolder folder = DataFolder.at(options.data());
        var application = new SpringApplication(TemperApplication.class, AdminSessions.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setLazyInitialization(true);
        application.addInitializers(context -> findDatabase(context, folder));
        List<String> arguments = new ArrayList<>(List.of(options.asArguments(folder)));
        arguments.add("--logging.file.name=" + folder.resolve("logs").resolve("admin.log"));
        // Nobody reads them here, and a collection's pause that is measured while beans are made lazily waits for ever.
        arguments.add("--management.prometheus.metrics.export.enabled=false");
        return application.run(arguments.toArray(String[]::new));
    }

    private static void findDatabase(ConfigurableApplicationContext context, DataFolder folder) {
        if (Preparation.namesDatabase(context.getEnvironment())) {
            return;
        }
        if (!PostgresServer.existsIn(folder)) {
            throw new StartRefused(
                    "There is no platform in %s: start one with \"./temper up\", or give its --data folder."
                            .formatted(folder.path()));
        }
        Optional<DatabaseAccess> running = PostgresServer.running(folder);
        if (running.isPresent()) {
            Preparation.use(context, running.get(), folder);
            return;
        }
        var silent = new Console(
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), System.err);
        Preparation.startDatabase(context, DataFolder.lock(folder.path()), silent);
    }
}
