package dev.temper.web.launch;

import dev.temper.web.launch.SettingsReport.Line;
import java.util.List;
import java.util.concurrent.Callable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints what is in force without starting anything. */
@Command(
        name = "config",
        description = "Print every setting, its value and where it came from; secrets are masked.",
        mixinStandardHelpOptions = true)
final class ConfigCommand implements Callable<Integer> {
    @Mixin
    private final StartOptions start = new StartOptions();

    @Override
    public Integer call() {
        SettingsCatalogue catalogue = SettingsCatalogue.load();
        try (ConfigurableApplicationContext context =
                environmentAlone(start.asArguments(DataFolder.at(start.data())))) {
            ConfigurableEnvironment environment = context.getEnvironment();
            List<Line> lines = SettingsReport.of(environment, catalogue);
            int names =
                    lines.stream().mapToInt(line -> line.name().length()).max().orElse(0);
            int values =
                    lines.stream().mapToInt(line -> line.value().length()).max().orElse(0);
            var console = new Console(System.out, System.err);
            for (Line line : lines) {
                console.say(("%-" + names + "s  %-" + Math.max(1, values) + "s  %s")
                        .formatted(line.name(), line.value(), line.origin()));
            }
            SettingsCheck.refuseUnknown(environment, catalogue);
            return 0;
        }
    }

    private static ConfigurableApplicationContext environmentAlone(String[] arguments) {
        var application = new SpringApplication(ConfigCommand.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        return application.run(arguments);
    }
}
