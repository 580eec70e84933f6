package dev.temper.benchmarks;

import dev.temper.db.DatabaseAccess;
import dev.temper.db.DatabaseRoles;
import dev.temper.db.Schema;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** An embedded PostgreSQL that really writes to its disk, with Temper's roles and tables. */
public final class RealDatabase implements AutoCloseable {
    private static final String PASSWORD = "for a benchmark only";

    private final EmbeddedPostgres postgres;
    private final DatabaseAccess access;

    /** One that is gone when it is closed. */
    public RealDatabase() throws IOException, SQLException {
        this(server());
    }

    /** One that stays in that folder, or was left there. */
    public RealDatabase(Path folder) throws IOException, SQLException {
        this(server().setDataDirectory(folder).setCleanDataDirectory(false));
    }

    private RealDatabase(EmbeddedPostgres.Builder server) throws IOException, SQLException {
        this.postgres = server.start();
        this.access = new DatabaseAccess(url("temper"), "temper_app", PASSWORD, "temper_owner", PASSWORD);
        try (var connection = superuser("postgres")) {
            DatabaseRoles.prepare(connection, "temper", access);
        }
        Schema.migrate(access);
    }

    private static EmbeddedPostgres.Builder server() {
        return EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofSeconds(60))
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("shared_buffers", "128MB");
    }

    /** As somebody whom no policy keeps from any tenant's rows. */
    public Connection superuser() throws SQLException {
        return superuser("temper");
    }

    private Connection superuser(String database) throws SQLException {
        return DriverManager.getConnection(url(database) + "?user=postgres");
    }

    private String url(String database) {
        return "jdbc:postgresql://localhost:%d/%s".formatted(postgres.getPort(), database);
    }

    /** What a platform has to be told to use it. */
    public List<String> settings() {
        return List.of(
                "temper.database.url=" + access.url(),
                "temper.database.username=temper_app",
                "temper.database.password=" + PASSWORD,
                "temper.database.owner-username=temper_owner",
                "temper.database.owner-password=" + PASSWORD,
                "temper.security.secret=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
