package dev.temper.web.launch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every command that opens the platform's data takes: the folder, the database, single settings. */
final class StartOptions {
    static final String DATA_FOLDER = "temper.data.folder";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of the data, of temper.yaml and of the logs (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of(".temper");

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            description = "A PostgreSQL to use instead of the embedded one, as jdbc:postgresql://host/database;"
                    + " its login by temper.database.username and TEMPER_DATABASE_PASSWORD.")
    private @Nullable String databaseUrl;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "One temper.* setting; may be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    Path data() {
        return data;
    }

    void set(String key, String value) {
        settings.put(key, value);
    }

    /** As Spring takes them: the command line wins over the environment, which wins over DIR/temper.yaml. */
    String[] asArguments(DataFolder folder) {
        List<String> arguments = new ArrayList<>();
        if (databaseUrl != null) {
            arguments.add("--temper.database.url=" + databaseUrl);
        }
        settings.forEach((key, value) -> arguments.add("--" + key + "=" + value));
        arguments.add("--" + DATA_FOLDER + "=" + folder.path());
        arguments.add("--spring.config.additional-location=optional:file:" + folder.resolve("temper.yaml"));
        return arguments.toArray(String[]::new);
    }
}
