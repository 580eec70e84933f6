package dev.temper.web.launch;

import dev.temper.web.TemperApplication;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The platform running in this process. */
record Platform(ConfigurableApplicationContext context, String url) {
    private static final Logger LOG = LoggerFactory.getLogger(Platform.class);

    /** Starts everything on a locked folder. The terminal gets one line of a failure; the log file gets all of it. */
    static Platform start(DataFolder folder, StartOptions options, Console console) {
        var application = new SpringApplication(TemperApplication.class);
        application.addInitializers(new Preparation(folder, console));
        console.progress("Starting the platform");
        try {
            ConfigurableApplicationContext context = application.run(options.asArguments(folder));
            String port = context.getEnvironment().getRequiredProperty("local.server.port");
            var platform = new Platform(context, "http://localhost:" + port);
            if (context.getBean(FirstStart.class).runIfNeeded(folder, platform.url())) {
                console.say("  Sign in with what %s says".formatted(folder.resolve(FirstLogin.FILE)));
            }
            return platform;
        } catch (RuntimeException failure) {
            LOG.info("The platform did not start", failure);
            throw failure;
        }
    }
}
