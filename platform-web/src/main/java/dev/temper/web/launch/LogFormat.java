package dev.temper.web.launch;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Says Spring how to log before it starts to; only for a platform that was started by its command. */
final class LogFormat implements EnvironmentPostProcessor {
    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (!environment.containsProperty(StartOptions.DATA_FOLDER)) {
            return;
        }
        Map<String, Object> logging = switch (Binder.get(environment)
                .bindOrCreate("temper.log", LogSettings.class)
                .format()) {
            case TEXT ->
                Map.of(
                        "logging.file.name",
                        environment.getRequiredProperty(StartOptions.DATA_FOLDER) + "/logs/temper.log",
                        "logging.threshold.console",
                        "WARN");
            case JSON -> Map.of("logging.structured.format.console", "ecs");
        };
        environment.getPropertySources().addLast(new MapPropertySource("log format", logging));
    }
}
