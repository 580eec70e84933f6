package dev.temper.web.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The packaged platform on an empty folder, as the person who has just started it meets it. */
@TestInstance(Lifecycle.PER_CLASS)
class UpIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    private List<String> command;
    private Path data;
    private PlatformProcess platform;
    private JsonNode login;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException, InterruptedException {
        command = PackagedApplication.command();
        data = folder.resolve("data");
        platform = PlatformProcess.up(command, data, "--port", "0");
        platform.url();
        login = platform.firstLogin();
    }

    @AfterAll
    void end() {
        platform.close();
    }

    @Test
    void theFileHoldsAllASignInNeedsAndIsItsOwnersAlone() throws IOException {
        assertThat(login.propertyNames())
                .containsExactly("url", "tenant", "email", "password", "apiKey", "adminEmail", "adminPassword");
        assertThat(login.get("url").stringValue()).isEqualTo(platform.url());
        assertThat(Files.getPosixFilePermissions(data.resolve("first-login.json")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(data.resolve("first-login.draft")).doesNotExist();
    }

    @Test
    void theOwnerAndTheAdminSignInByTheForm() throws IOException, InterruptedException {
        signsIn("email", "password");
        signsIn("adminEmail", "adminPassword");
    }

    private void signsIn(String email, String password) throws IOException, InterruptedException {
        try (var visitor = new Visitor(platform.url())) {
            var answer = visitor.signIn(
                    login.get(email).stringValue(), login.get(password).stringValue());
            assertThat(answer.statusCode()).isEqualTo(302);
            assertThat(answer.headers().firstValue("Location"))
                    .hasValueSatisfying(to -> assertThat(to).doesNotContain("login", "password"));
        }
    }

    @Test
    void theKeyListsTheMembersOfTheTenant() throws IOException, InterruptedException {
        try (var visitor = new Visitor(platform.url())) {
            var answer = visitor.get("/api/v1/memberships", login.get("apiKey").stringValue());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains(login.get("email").stringValue());
        }
    }

    @Test
    void machinesAskForHealthAndNobodyElseForMetrics() throws IOException, InterruptedException {
        try (var visitor = new Visitor(platform.url())) {
            assertThat(visitor.get("/livez").body()).isEqualTo("{\"status\":\"UP\"}");
            assertThat(visitor.get("/readyz").body()).isEqualTo("{\"status\":\"UP\"}");
            assertThat(visitor.get("/actuator/prometheus").statusCode()).isNotEqualTo(200);
            visitor.signIn(
                    login.get("email").stringValue(), login.get("password").stringValue());
            assertThat(visitor.get("/actuator/prometheus").statusCode()).isNotEqualTo(200);
        }
        try (var admin = new Visitor(platform.url())) {
            admin.signIn(
                    login.get("adminEmail").stringValue(),
                    login.get("adminPassword").stringValue());
            assertThat(admin.get("/actuator/prometheus").body()).contains("jvm_memory_used_bytes");
        }
    }

    @Test
    void aSecondOneOnTheSameFolderIsRefused() throws IOException, InterruptedException {
        try (var second = PlatformProcess.up(command, data, "--port", "0")) {
            assertThat(second.exitCode(SOON)).isEqualTo(1);
            assertThat(second.output()).contains("Another Temper").contains(data.toString());
        }
        try (var visitor = new Visitor(platform.url())) {
            assertThat(visitor.get("/readyz").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aTakenPortIsToldInOneLine(@TempDir Path other) throws IOException, InterruptedException {
        String port = Integer.toString(URI.create(platform.url()).getPort());
        try (var second = PlatformProcess.up(command, other, "--port", port)) {
            assertThat(second.exitCode(SOON)).isEqualTo(1);
            assertThat(second.output()).contains("temper: Port " + port).doesNotContain("\tat ");
        }
    }

    @Test
    void noSecretIsInAnyLog() throws IOException {
        List<String> secrets = Stream.of("password", "apiKey", "adminPassword")
                .map(field -> login.get(field).stringValue())
                .toList();
        try (Stream<Path> logs = Files.walk(data.resolve("logs"))) {
            for (Path log : logs.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(log)).doesNotContain(secrets);
            }
        }
        assertThat(platform.output()).doesNotContain(secrets);
    }

    @Test
    void theCommandLineShowsWhoSetWhatAndChecksTheLog() throws IOException, InterruptedException {
        assertThat(admin("config", "--set", "temper.http.port=81"))
                .containsPattern("temper.http.port +81 +command line")
                .containsPattern("temper.http.address +127.0.0.1 +default");
        assertThat(admin("audit", "verify")).contains("intact").doesNotContain("BROKEN");
        assertThat(admin("tenant", "list")).contains("demo");
    }

    private String admin(String... arguments) throws IOException, InterruptedException {
        var line = Stream.of(
                        command.stream(),
                        Stream.of("admin"),
                        Stream.of(arguments),
                        Stream.of("--data", data.toString()))
                .flatMap(each -> each)
                .toList();
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
