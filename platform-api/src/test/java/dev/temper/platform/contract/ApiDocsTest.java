package dev.temper.platform.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.temper.platform.PlatformTest;
import dev.temper.probe.Http;
import dev.temper.probe.Http.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The page that explains the API, under the same strict policy as every other. */
@PlatformTest
class ApiDocsTest {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Pattern SOURCE = Pattern.compile("(?:src|href)=\"([^\"]+)\"");

    @LocalServerPort
    private int port;

    private Http http;

    @BeforeEach
    void open() {
        http = new Http(port);
    }

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void nothingInThePageIsInline() {
        String at = "/api/docs";
        Answer page = http.get(at);
        while (page.status() / 100 == 3) {
            at = page.header("Location").replaceFirst("^http://[^/]+", "");
            page = http.get(at);
        }
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Security-Policy"))
                .contains("default-src 'self'")
                .doesNotContain("unsafe");
        assertThat(page.body()).doesNotContainPattern("<script(?![^>]*src)").doesNotContain("<style", " style=");
        String folder = at.substring(0, at.lastIndexOf('/') + 1);
        List<String> sources = SOURCE.matcher(page.body())
                .results()
                .map((MatchResult m) -> m.group(1))
                .toList();
        assertThat(sources)
                .hasSizeGreaterThan(3)
                .allSatisfy(source -> assertThat(http.get(folder + source.replaceFirst("^\\./", ""))
                                .status())
                        .as(source)
                        .isEqualTo(200));
    }

    @Test
    void aBrowserShowsEveryOperation(@TempDir Path folder) throws IOException, InterruptedException {
        boolean demanded = Boolean.parseBoolean(System.getenv("CI"));
        assumeTrue(demanded || Files.isExecutable(CHROMIUM), "Needs " + CHROMIUM + ": apt-get install chromium");
        Path dom = folder.resolve("dom.html");
        Path log = folder.resolve("log.txt");
        Process chromium = new ProcessBuilder(
                        CHROMIUM.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "--enable-logging=stderr",
                        "--virtual-time-budget=20000",
                        "--dump-dom",
                        "http://localhost:" + port + "/api/docs")
                .redirectOutput(dom.toFile())
                .redirectError(log.toFile())
                .start();
        try {
            assertThat(chromium.waitFor(90, TimeUnit.SECONDS))
                    .as("chromium ended")
                    .isTrue();
        } finally {
            chromium.destroyForcibly().waitFor();
        }
        assertThat(Files.readString(dom)).contains("opblock-tag", "audit-events", "memberships");
        assertThat(Files.readString(log)).doesNotContain("Content Security Policy", "Refused to");
    }
}
