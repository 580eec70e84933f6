package dev.temper.benchmarks.queue;

import dev.temper.db.DatabaseAccess;
import dev.temper.db.DatabaseRoles;
import dev.temper.db.Schema;
import dev.temper.web.TemperApplication;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/** The whole platform in this process, on an embedded PostgreSQL of its own that really writes to its disk. */
final class Ground implements AutoCloseable {
    private static final String PASSWORD = "for a benchmark only";

    private final Path folder;
    private final EmbeddedPostgres postgres;
    private final ConfigurableApplicationContext platform;

    Ground() throws IOException, SQLException {
        this.folder = Files.createTempDirectory("temper-bench-queue");
        this.postgres = EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofSeconds(60))
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("shared_buffers", "128MB")
                .start();
        String url = "jdbc:postgresql://localhost:%d/temper".formatted(postgres.getPort());
        var access = new DatabaseAccess(url, "temper_app", PASSWORD, "temper_owner", PASSWORD);
        String superuser = "jdbc:postgresql://localhost:%d/postgres?user=postgres".formatted(postgres.getPort());
        try (var connection = DriverManager.getConnection(superuser)) {
            DatabaseRoles.prepare(connection, "temper", access);
        }
        Schema.migrate(access);
        this.platform = new SpringApplicationBuilder(TemperApplication.class)
                .run(
                        "--server.port=0",
                        "--temper.database.url=" + url,
                        "--temper.database.username=temper_app",
                        "--temper.database.password=" + PASSWORD,
                        "--temper.database.owner-username=temper_owner",
                        "--temper.database.owner-password=" + PASSWORD,
                        "--temper.security.secret=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
                        "--temper.blobs.folder=" + folder,
                        "--temper.data.folder=" + folder,
                        "--logging.level.root=warn");
    }

    <T> T the(Class<T> part) {
        return platform.getBean(part);
    }

    @Override
    public void close() throws IOException {
        platform.close();
        postgres.close();
        FileSystemUtils.deleteRecursively(folder);
    }
}
