package dev.temper.platform.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.temper.platform.PlatformTest;
import dev.temper.platform.World;
import dev.temper.platform.World.Inhabitant;
import dev.temper.platform.tenant.Scope;
import dev.temper.probe.Http;
import dev.temper.probe.Http.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A large file on its way from a program to a version. */
@PlatformTest
class UploadRestTest {
    @LocalServerPort
    private int port;

    @Autowired
    private World world;

    private Http http;
    private String key;

    @BeforeEach
    void open() {
        http = new Http(port);
        Inhabitant owner = world.owner();
        key = "Bearer " + world.key(owner, Scope.values()).secret();
    }

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void aFileInPartsBecomesAVersion() {
        byte[] row = ("{\"text\":\"" + "长".repeat(100_000) + "\"}\n").getBytes(StandardCharsets.UTF_8);
        byte[] content = new byte[row.length * 30];
        for (int i = 0; i < 30; i++) {
            System.arraycopy(row, 0, content, i * row.length, row.length);
        }
        String upload = post("/api/v1/uploads", "{\"name\":\"long.jsonl\",\"size\":" + content.length + "}")
                .header("Location");

        assertThat(put(upload, 1, content, digest(content, 1)).status()).isEqualTo(204);
        assertThat(put(upload, 1, content, digest(content, 0))
                        .json()
                        .path("code")
                        .asString())
                .isEqualTo("upload_part_damaged");
        assertThat(put(upload, 0, content, "sha-256=nonsense")
                        .json()
                        .path("code")
                        .asString())
                .isEqualTo("header_wrong");
        Answer early = post("/api/v1/datasets", "{\"upload\":\"%s\"}".formatted(id(upload)));
        assertThat(early.json().path("code").asString()).isEqualTo("upload_incomplete");
        assertThat(get(upload).json().path("missing")).hasSize(1);
        put(upload, 0, content, digest(content, 0));
        Answer brought = post("/api/v1/datasets", "{\"upload\":\"%s\",\"name\":\"长文\"}".formatted(id(upload)));

        assertThat(brought.status()).as(brought.body()).isEqualTo(202);
        String watched = brought.header("Location");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> get(watched).json().path("state").asString().equals("SUCCEEDED"));
        assertThat(get(watched).json().path("rowsKept").asInt()).isEqualTo(30);
        assertThat(get("/api/v1/uploads").json().path("items")).isEmpty();
    }

    private Answer get(String path) {
        return http.get(path, "Authorization", key);
    }

    private Answer post(String path, String json) {
        return http.send("POST", path, json, "Authorization", key, "Content-Type", "application/json");
    }

    private Answer put(String upload, int number, byte[] content, String digest) {
        return http.send(
                "PUT",
                upload + "/parts/" + number,
                part(content, number),
                "Authorization",
                key,
                "Content-Type",
                "application/octet-stream",
                "Content-Digest",
                digest);
    }

    private static byte[] part(byte[] content, int number) {
        int from = number * Uploads.PART_SIZE;
        return Arrays.copyOfRange(content, from, Math.min(content.length, from + Uploads.PART_SIZE));
    }

    private static String digest(byte[] content, int number) {
        byte[] hash = StagedBlob.sha256().digest(part(content, number));
        return "sha-256=:" + Base64.getEncoder().encodeToString(hash) + ":";
    }

    private static String id(String upload) {
        return upload.substring(upload.lastIndexOf('/') + 1);
    }
}
