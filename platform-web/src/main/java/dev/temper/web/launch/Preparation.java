package dev.temper.web.launch;

import dev.temper.db.DatabaseAccess;
import dev.temper.db.Schema;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.StringUtils;

/** What must be right before the first bean is made: the port is free, and there is a database. */
final class Preparation implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    private final DataFolder folder;
    private final Console console;

    Preparation(DataFolder folder, Console console) {
        this.folder = folder;
        this.console = console;
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        refuseTakenPort(environment);
        if (!StringUtils.hasText(environment.getProperty("temper.database.url"))) {
            PostgresServer server = PostgresServer.start(folder, console);
            SpringApplication.getShutdownHandlers().add(server::stop);
            environment.getPropertySources().addFirst(embedded(server.access()));
            Schema.migrate(server.access());
        }
    }

    static MapPropertySource embedded(DatabaseAccess access) {
        return new MapPropertySource(
                "embedded PostgreSQL",
                Map.of(
                        "temper.database.url", access.url(),
                        "temper.database.username", access.username(),
                        "temper.database.password", access.password(),
                        "temper.database.owner-username", access.migrationUsername(),
                        "temper.database.owner-password", access.migrationPassword()));
    }

    private static void refuseTakenPort(ConfigurableEnvironment environment) {
        int port = environment.getRequiredProperty("temper.http.port", Integer.class);
        String address = environment.getRequiredProperty("temper.http.address");
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(address))) {
            socket.getLocalPort();
        } catch (IOException e) {
            throw new StartRefused(
                    "Port %d on %s can't be used (%s): stop what listens there, or give another --port."
                            .formatted(port, address, e.getMessage()),
                    e);
        }
    }
}
