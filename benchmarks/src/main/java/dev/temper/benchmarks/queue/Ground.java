package dev.temper.benchmarks.queue;

import dev.temper.benchmarks.RealDatabase;
import dev.temper.web.TemperApplication;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/** The whole platform in this process, on an embedded PostgreSQL of its own that really writes to its disk. */
final class Ground implements AutoCloseable {
    private final Path folder;
    private final RealDatabase database;
    private final ConfigurableApplicationContext platform;

    Ground() throws IOException, SQLException {
        this.folder = Files.createTempDirectory("temper-bench-queue");
        this.database = new RealDatabase();
        this.platform = new SpringApplicationBuilder(TemperApplication.class)
                .run(Stream.concat(
                                database.settings().stream(),
                                Stream.of(
                                        "server.port=0",
                                        // All workers and all browsers come from one address here.
                                        "temper.rate-limit.per-address=100000000",
                                        "temper.blobs.folder=" + folder,
                                        "temper.data.folder=" + folder,
                                        "logging.level.root=warn"))
                        .map("--"::concat)
                        .toArray(String[]::new));
    }

    URI address() {
        return URI.create("http://localhost:" + platform.getEnvironment().getRequiredProperty("local.server.port"));
    }

    <T> T the(Class<T> part) {
        return platform.getBean(part);
    }

    /** By the database's clock, which dates what is told. */
    Instant now() throws SQLException {
        try (var connection = database.superuser();
                var statement = connection.createStatement();
                var answer = statement.executeQuery("select clock_timestamp()")) {
            answer.next();
            return answer.getTimestamp(1).toInstant();
        }
    }

    double number(String sql) throws SQLException {
        try (var connection = database.superuser();
                var statement = connection.createStatement();
                var answer = statement.executeQuery(sql)) {
            answer.next();
            return answer.getDouble(1);
        }
    }

    /** Which jobs came into which states between two moments, by the slugs of their tenants. */
    Map<String, Set<String>> told(Instant from, Instant to) throws SQLException {
        Map<String, Set<String>> facts = new HashMap<>();
        try (var connection = database.superuser();
                var statement = connection.prepareStatement("""
                        select t.slug, (f.fact ->> 'job') || ' ' || (f.fact ->> 'state')
                        from live_facts f join tenants t on t.id = f.tenant_id
                        where f.topic like 'job.%' and f.fact ->> 'type' = 'job.state' and f.at between ? and ?
                        """)) {
            statement.setTimestamp(1, Timestamp.from(from));
            statement.setTimestamp(2, Timestamp.from(to));
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    facts.computeIfAbsent(rows.getString(1), _ -> new HashSet<>())
                            .add(rows.getString(2));
                }
            }
        }
        return facts;
    }

    @Override
    public void close() throws IOException {
        platform.close();
        database.close();
        FileSystemUtils.deleteRecursively(folder);
    }
}
