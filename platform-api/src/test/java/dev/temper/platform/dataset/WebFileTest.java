package dev.temper.platform.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import dev.temper.platform.common.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files at addresses, from a real server; nothing of a private network unless it is allowed. */
class WebFileTest {
    private static final String ROWS = "{\"text\":\"a row\"}\n";

    private HttpServer server;
    private String root;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        root = "http://localhost:" + server.getAddress().getPort();
        server.createContext("/rows.jsonl", exchange -> {
            byte[] body = ROWS.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        moved("/moved", "/rows.jsonl");
        moved("/round", "/round");
        moved("/disk", "file:///etc/passwd");
        server.start();
    }

    private void moved(String from, String to) {
        server.createContext(from, exchange -> {
            exchange.getResponseHeaders().set("Location", to);
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aFileIsReadThroughItsRedirects() throws IOException {
        var out = new ByteArrayOutputStream();
        WebFile.at(root + "/moved", true).into(out);
        assertThat(out).hasToString(ROWS);
        assertThat(WebFile.at(root + "/rows.jsonl?token=1", true).name()).isEqualTo("rows.jsonl");
        assertThat(WebFile.at(root, true).name()).isEqualTo("localhost");
    }

    @Test
    void aPrivateNetworkIsNotReached() {
        refused("address_private", () -> WebFile.at(root + "/rows.jsonl", false).into(OutputStream.nullOutputStream()));
        refused(
                "address_private",
                () -> WebFile.at("http://169.254.169.254/latest/meta-data", false)
                        .into(OutputStream.nullOutputStream()));
    }

    @ParameterizedTest
    @CsvSource({"/nothing, address_unavailable", "/round, address_unavailable", "/disk, field_not_in_form"})
    void whatCannotBeHadIsTold(String path, String code) {
        refused(code, () -> WebFile.at(root + path, true).into(OutputStream.nullOutputStream()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"rows.jsonl", "ftp://example.com/a", "file:///etc/passwd", "http://me:pw@example.com/", "http://"
            })
    void onlyAddressesOfTheWebAreTaken(String typed) {
        refused("field_not_in_form", () -> WebFile.at(typed, true));
    }

    private static void refused(String code, ThrowingCallable call) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(call)
                .satisfies(problem -> assertThat(problem.code().code()).isEqualTo(code));
    }
}
