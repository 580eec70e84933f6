package dev.temper.web.launch;

import dev.temper.db.DatabaseAccess;
import java.util.Map;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.StringUtils;

/** What must be right before the first bean is made: settings, ports, and a database. */
final class Preparation implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    private static final String SECRET = "secret-key";

    private final DataFolder folder;
    private final Console console;

    Preparation(DataFolder folder, Console console) {
        this.folder = folder;
        this.console = console;
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        SettingsCheck.refuseUnknown(environment, SettingsCatalogue.load());
        environment.getPropertySources().addLast(files(folder));
        Binder settings = Binder.get(environment);
        HttpSettings http = settings.bindOrCreate("temper.http", HttpSettings.class);
        Ports.refuseTaken("temper.http", http.port(), http.address());
        ManagementSettings management = settings.bindOrCreate("temper.management", ManagementSettings.class);
        if (management.port() != null) {
            Ports.refuseTaken("temper.management", management.port(), management.address());
            environment.getPropertySources().addFirst(ownPort(management.port(), management.address()));
        }
        TracingSettings tracing = settings.bindOrCreate("temper.tracing", TracingSettings.class);
        if (tracing.endpoint() != null) {
            environment.getPropertySources().addFirst(traces(tracing.endpoint(), tracing.sampling()));
        }
        if (!namesDatabase(environment)) {
            startDatabase(context, folder, console);
        }
    }

    static boolean namesDatabase(Environment environment) {
        return StringUtils.hasText(environment.getProperty("temper.database.url"));
    }

    static void startDatabase(ConfigurableApplicationContext context, DataFolder folder, Console console) {
        PostgresServer server = PostgresServer.start(folder, console);
        // Registered before any bean there is, so it is stopped after the last one that may need it.
        ((DefaultListableBeanFactory) context.getBeanFactory())
                .registerDisposableBean("embeddedPostgres", server::stop);
        use(context, server.access(), folder);
    }

    /** Works on the embedded database, with the key that its secrets are kept under. */
    static void use(ConfigurableApplicationContext context, DatabaseAccess access, DataFolder folder) {
        if (!folder.has(SECRET)) {
            folder.writePrivately(SECRET, RandomSecret.key());
        }
        var sources = context.getEnvironment().getPropertySources();
        sources.addFirst(embedded(access));
        sources.addLast(new MapPropertySource(
                folder.resolve(SECRET).toString(), Map.of("temper.security.secret", folder.read(SECRET))));
    }

    /** Everything that is kept lies in the data folder unless it is put elsewhere. */
    private static MapPropertySource files(DataFolder folder) {
        return new MapPropertySource(
                "data folder",
                Map.of("temper.blobs.folder", folder.resolve("blobs").toString()));
    }

    private static MapPropertySource ownPort(int port, String address) {
        return new MapPropertySource(
                "management port", Map.of("management.server.port", port, "management.server.address", address));
    }

    private static MapPropertySource traces(String endpoint, double sampling) {
        return new MapPropertySource(
                "traces",
                Map.of(
                        "management.opentelemetry.enabled",
                        true,
                        "management.tracing.export.enabled",
                        true,
                        "management.opentelemetry.tracing.export.otlp.endpoint",
                        endpoint,
                        "management.tracing.sampling.probability",
                        sampling));
    }

    private static MapPropertySource embedded(DatabaseAccess access) {
        return new MapPropertySource(
                "embedded PostgreSQL",
                Map.of(
                        "temper.database.url", access.url(),
                        "temper.database.username", access.username(),
                        "temper.database.password", access.password(),
                        "temper.database.owner-username", access.migrationUsername(),
                        "temper.database.owner-password", access.migrationPassword()));
    }
}
