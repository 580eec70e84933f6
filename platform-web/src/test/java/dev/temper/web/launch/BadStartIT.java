package dev.temper.web.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can't work is refused at once, by one line that names it, and leaves no process behind. */
class BadStartIT {
    @TempDir
    Path data;

    @Test
    void anUnknownSettingIsNamedWithTheLikelyOne() throws IOException, InterruptedException {
        assertThat(refusal(Map.of(), "--set", "temper.http.prot=1"))
                .isEqualTo("temper: Unknown setting temper.http.prot (command line). Did you mean temper.http.port?");
        assertThat(refusal(Map.of("TEMPER_HTTP_PROT", "1")))
                .isEqualTo("temper: Unknown environment variable TEMPER_HTTP_PROT. Did you mean TEMPER_HTTP_PORT?");
    }

    @Test
    void aWrongValueIsShownWithWhereItStandsAndWhatWouldBeRight() throws IOException, InterruptedException {
        Files.writeString(data.resolve("temper.yaml"), "temper:\n  http:\n    port: many\n");
        assertThat(refusal(Map.of()))
                .isEqualTo(
                        "temper: Setting temper.http.port = many (temper.yaml line 3) is wrong: a whole number is needed.");
        assertThat(refusal(Map.of("TEMPER_HTTP_PORT", "70000")))
                .isEqualTo("temper: Setting temper.http.port = 70000 is wrong: a port is a number from 0 to 65535.");
        assertThat(refusal(Map.of("TEMPER_HTTP_PORT", "0"), "--set", "temper.log.format=xml"))
                .isEqualTo("temper: Setting temper.log.format = xml (command line) is wrong: one of text, json.");
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsNamed() throws IOException, InterruptedException {
        assertThat(refusal(
                        Map.of("TEMPER_DATABASE_PASSWORD", "a-secret"),
                        "--port=0",
                        "--database-url=jdbc:postgresql://127.0.0.1:1/temper",
                        "--set=temper.database.username=temper_app"))
                .contains("127.0.0.1:1")
                .contains("temper.database.url")
                .doesNotContain("a-secret");
    }

    @Test
    void aFolderThatCantBeOneIsNamed() throws IOException, InterruptedException {
        Path file = Files.createFile(data.resolve("a-file"));
        try (var platform = PlatformProcess.up(PackagedApplication.command(), file)) {
            assertThat(platform.exitCode(Duration.ofSeconds(60))).isEqualTo(1);
            assertThat(platform.output())
                    .startsWith("temper: The data folder " + file)
                    .doesNotContain("\n");
        }
    }

    /** The one line on which the start ended, after the lines of progress. */
    private String refusal(Map<String, String> environment, String... options)
            throws IOException, InterruptedException {
        try (var platform = PlatformProcess.start(PackagedApplication.command(), data, environment, options)) {
            assertThat(platform.exitCode(Duration.ofSeconds(60))).isEqualTo(1);
            String[] lines = platform.output().split("\n");
            assertThat(lines).allMatch(line -> line.startsWith("  ") || line.startsWith("temper: "));
            return lines[lines.length - 1];
        }
    }
}
