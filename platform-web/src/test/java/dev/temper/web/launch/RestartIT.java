package dev.temper.web.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Stopping, starting again, and going back to an older version. */
class RestartIT {
    @Test
    void itStopsCleanlyFinishesAHalfDoneFirstStartAndRefusesANewerSchema(@TempDir Path data)
            throws IOException, InterruptedException {
        JsonNode first;
        try (var platform = PlatformProcess.up(PackagedApplication.command(), data, "--port", "0")) {
            platform.url();
            first = platform.firstLogin();
            assertThat(platform.stop()).isEqualTo(143);
        }
        assertThat(Postmaster.of(data.resolve("postgres"))).isEmpty();

        asIfKilledBeforeTheFileWasWritten(data, first);
        var traces = new CompletableFuture<String>();
        HttpServer collector = collector(traces);
        try (var platform = PlatformProcess.up(
                        PackagedApplication.command(),
                        data,
                        "--port=0",
                        "--set=temper.log.format=json",
                        "--set=temper.tracing.endpoint=http://127.0.0.1:%d/v1/traces"
                                .formatted(collector.getAddress().getPort()));
                var visitor = new Visitor(platform.url())) {
            JsonNode second = platform.firstLogin();
            assertThat(second.get("password")).isEqualTo(first.get("password"));
            assertThat(status(visitor, second)).isEqualTo(200);
            assertThat(status(visitor, first)).isEqualTo(401);
            assertThat(visitor.signIn(
                                    first.get("email").stringValue(),
                                    first.get("password").stringValue())
                            .statusCode())
                    .isEqualTo(302);
            platform.stop();
            assertThat(traces).succeedsWithin(Duration.ofSeconds(10)).isEqualTo("/v1/traces");
            assertThat(platform.output().lines()).anyMatch(line -> line.startsWith("{\"@timestamp\":"));
        } finally {
            collector.stop(0);
        }

        pretendNewerSchema(data);
        try (var platform = PlatformProcess.up(PackagedApplication.command(), data, "--port", "0")) {
            assertThat(platform.exitCode(Duration.ofSeconds(60))).isEqualTo(1);
            assertThat(platform.output())
                    .contains("9999")
                    .contains("newer version")
                    .doesNotContain("\tat ");
        }
    }

    private static int status(Visitor visitor, JsonNode login) throws IOException, InterruptedException {
        return visitor.get("/api/v1/memberships", login.get("apiKey").stringValue())
                .statusCode();
    }

    private static void asIfKilledBeforeTheFileWasWritten(Path data, JsonNode login) throws IOException {
        Files.delete(data.resolve("first-login.json"));
        Files.writeString(
                data.resolve("first-login.draft"),
                "{\"owner\": %s, \"admin\": %s}".formatted(login.get("password"), login.get("adminPassword")));
    }

    private static HttpServer collector(CompletableFuture<String> received) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            received.complete(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static void pretendNewerSchema(Path data) {
        var console = new Console(System.out, System.err);
        try (DataFolder folder = DataFolder.lock(data)) {
            PostgresServer server = PostgresServer.start(folder, console);
            var access = server.access();
            try (var owner = DriverManager.getConnection(
                            access.url(), access.migrationUsername(), access.migrationPassword());
                    var statement = owner.createStatement()) {
                statement.execute("""
                        insert into flyway_schema_history
                            (installed_rank, version, description, type, script, installed_by, execution_time, success)
                        values (9999, '9999', 'of the future', 'SQL', 'V9999__of_the_future.sql', 'test', 1, true)
                        """);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            } finally {
                server.stop();
            }
        }
    }
}
