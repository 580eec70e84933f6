package dev.temper.db;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.postgresql.ds.PGSimpleDataSource;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * A fresh, migrated, real PostgreSQL database for tests: on the server that TEMPER_TEST_DATABASE_URL names (a JDBC URL
 * with a superuser's user and password), in a container where a Docker daemon answers, on an embedded server otherwise.
 * There is one server a JVM and one migrated template, of which each call gets a copy: a few dozen milliseconds.
 */
public final class TestDatabase implements AutoCloseable {
    private static final String RUN = Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), 36);
    private static final String APPLICATION = "temper_app";
    private static final String OWNER = "temper_owner";
    private static final String PASSWORD = "for tests only";

    private static int copies;

    private final String name;

    private TestDatabase(String name) {
        this.name = name;
    }

    /** A database with the whole schema and no rows. */
    public static TestDatabase migrated() {
        return copyOf(Server.TEMPLATE);
    }

    /** A database with the two roles and nothing else. */
    public static TestDatabase empty() {
        return copyOf(Server.EMPTY);
    }

    private static synchronized TestDatabase copyOf(String template) {
        var copy = new TestDatabase("temper_" + RUN + "_" + ++copies);
        Server.run("create database %s template %s owner %s".formatted(copy.name, template, OWNER));
        Server.run("revoke all on database %s from public".formatted(copy.name));
        Server.run("grant connect on database %s to %s".formatted(copy.name, APPLICATION));
        return copy;
    }

    /** The way in for the platform: the application's login, and the owner's for migrations. */
    public DatabaseAccess access() {
        return new DatabaseAccess(Server.url(name), APPLICATION, PASSWORD, OWNER, PASSWORD);
    }

    /** The same, as the settings of a platform that is started in a test. */
    public Map<String, String> settings() {
        return Map.of(
                "temper.database.url", Server.url(name),
                "temper.database.username", APPLICATION,
                "temper.database.password", PASSWORD,
                "temper.database.owner-username", OWNER,
                "temper.database.owner-password", PASSWORD);
    }

    /** As the application: bound by row-level security. */
    public Connection asApplication() throws SQLException {
        return DriverManager.getConnection(Server.url(name), APPLICATION, PASSWORD);
    }

    /** As the owner of the tables. */
    public Connection asOwner() throws SQLException {
        return DriverManager.getConnection(Server.url(name), OWNER, PASSWORD);
    }

    /** As a superuser, for whom no policy holds: to prepare and to look. */
    public Connection asSuperuser() throws SQLException {
        return Server.superuser(name);
    }

    /** A data source without a pool, as the application. */
    public PGSimpleDataSource dataSource() {
        var source = new PGSimpleDataSource();
        source.setUrl(Server.url(name));
        source.setUser(APPLICATION);
        source.setPassword(PASSWORD);
        return source;
    }

    @Override
    public void close() {
        Server.run("drop database if exists %s with (force)".formatted(name));
    }

    /** The one server of this JVM. */
    private static final class Server {
        private static final String EMPTY = "temper_" + RUN + "_empty";
        private static final String TEMPLATE = "temper_" + RUN + "_template";
        private static final String ADDRESS = start();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(Server::stop));
            try (Connection superuser = superuser("postgres")) {
                // Two JVMs may prepare the same outside server at once; roles belong to the whole of it.
                try (var lock = superuser.createStatement()) {
                    lock.execute("select pg_advisory_lock(7382)");
                }
                var access = new DatabaseAccess(url(TEMPLATE), APPLICATION, PASSWORD, OWNER, PASSWORD);
                DatabaseRoles.prepare(superuser, EMPTY, access);
                DatabaseRoles.prepare(superuser, TEMPLATE, access);
                Schema.migrate(access);
            } catch (SQLException e) {
                throw new IllegalStateException("The test server at " + ADDRESS + " could not be prepared", e);
            }
        }

        private static String start() {
            var outside = System.getenv("TEMPER_TEST_DATABASE_URL");
            if (outside != null && !outside.isBlank()) {
                return outside;
            }
            if (DockerClientFactory.instance().isDockerAvailable()) {
                var container = new PostgreSQLContainer("postgres:18");
                container.start();
                return "jdbc:postgresql://%s:%d/postgres?user=%s&password=%s"
                        .formatted(
                                container.getHost(),
                                container.getMappedPort(5432),
                                container.getUsername(),
                                container.getPassword());
            }
            try {
                // Its own shutdown hook stops it; nothing here outlives a crash, so it needs no fsync.
                @SuppressWarnings("resource")
                var embedded = EmbeddedPostgres.builder()
                        .setPGStartupWait(Duration.ofSeconds(60))
                        .setServerConfig("max_connections", "200")
                        .setServerConfig("shared_buffers", "32MB")
                        .start();
                return "jdbc:postgresql://localhost:%d/postgres?user=postgres".formatted(embedded.getPort());
            } catch (IOException e) {
                throw new UncheckedIOException("The embedded PostgreSQL did not start", e);
            }
        }

        static String url(String database) {
            return ADDRESS.replaceFirst("/[^/?]*(\\?.*)?$", "/" + database);
        }

        static Connection superuser(String database) throws SQLException {
            return DriverManager.getConnection(ADDRESS.replaceFirst("/[^/?]*(\\?|$)", "/" + database + "$1"));
        }

        static void run(String sql) {
            try (Connection superuser = superuser("postgres");
                    var statement = superuser.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                throw new IllegalStateException(sql, e);
            }
        }

        /** An outside server keeps nothing of this run. */
        private static void stop() {
            if (System.getenv("TEMPER_TEST_DATABASE_URL") == null) {
                return;
            }
            try (Connection superuser = superuser("postgres");
                    var find = superuser.prepareStatement("select datname from pg_database where datname like ?")) {
                find.setString(1, "temper\\_" + RUN + "\\_%");
                try (var names = find.executeQuery()) {
                    while (names.next()) {
                        run("drop database if exists %s with (force)".formatted(names.getString(1)));
                    }
                }
            } catch (SQLException e) {
                System.err.println("Left on the test server: databases temper_" + RUN + "_*: " + e.getMessage());
            }
        }
    }
}
