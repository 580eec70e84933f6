package dev.temper.web.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code kill -9} while four clients write, again and again: whatever was acknowledged is there after the restart, and
 * the audit log is whole. {@code -Dtemper.kills=50} does it more often than an ordinary build has time for.
 */
class KillIT {
    private static final int KILLS = Integer.getInteger("temper.kills", 3);
    private static final int CLIENTS = 4;
    private static final int WRITES_BEFORE_KILL = 12;

    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private final AtomicInteger number = new AtomicInteger();

    @TempDir
    Path data;

    @Test
    void everyAcknowledgedWriteOutlivesTheProcess() throws IOException, InterruptedException {
        List<String> command = PackagedApplication.command();
        for (int kill = 1; kill <= KILLS; kill++) {
            try (var platform = PlatformProcess.up(command, data, "--port", "0")) {
                String key = platform.url() == null
                        ? ""
                        : platform.firstLogin().get("apiKey").stringValue();
                assertThat(invited(platform.url(), key))
                        .as("after kill %d", kill - 1)
                        .containsAll(acknowledged);
                writeUntilKilled(platform, key, kill);
            }
        }
        try (var platform = PlatformProcess.up(command, data, "--port", "0")) {
            String url = platform.url();
            assertThat(invited(url, platform.firstLogin().get("apiKey").stringValue()))
                    .containsAll(acknowledged);
            platform.stop();
        }
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(KILLS * WRITES_BEFORE_KILL);
        verifyAudit(command);
    }

    /** The kill falls into the midst of writing: some time after the given number of answers, with others under way. */
    private void writeUntilKilled(PlatformProcess platform, String key, int kill) throws InterruptedException {
        var enough = new CountDownLatch(WRITES_BEFORE_KILL + kill % CLIENTS);
        List<Thread> clients = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            clients.add(Thread.ofVirtual().start(() -> write(platform.url(), key, enough)));
        }
        boolean wrote = enough.await(120, TimeUnit.SECONDS);
        platform.kill();
        for (Thread client : clients) {
            client.join();
        }
        assertThat(wrote).as("enough writes were answered before kill %d", kill).isTrue();
    }

    private void write(String url, String key, CountDownLatch enough) {
        try (var visitor = new Visitor(url)) {
            while (true) {
                String email = "guest-%d@example.org".formatted(number.incrementAndGet());
                String body = "{\"email\":\"%s\",\"role\":\"MEMBER\"}".formatted(email);
                int status =
                        visitor.post("/api/v1/invitations", key, body, email).statusCode();
                if (status == 201) {
                    acknowledged.add(email);
                    enough.countDown();
                } else {
                    assertThat(status).as("anything but an answer of overload").isIn(429, 503);
                }
            }
        } catch (IOException | InterruptedException killed) {
            // Not acknowledged: it may be there or not.
        }
    }

    private static Set<String> invited(String url, String key) throws IOException, InterruptedException {
        Set<String> emails = new TreeSet<>();
        try (var visitor = new Visitor(url)) {
            String cursor = "";
            while (true) {
                var answer = visitor.get("/api/v1/invitations?limit=200" + cursor, key);
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                JsonNode page = JsonMapper.shared().readTree(answer.body());
                for (JsonNode invitation : page.get("items")) {
                    assertThat(emails.add(invitation.get("email").stringValue()))
                            .as("invited once")
                            .isTrue();
                }
                if (!page.hasNonNull("next")) {
                    return emails;
                }
                cursor = "&cursor=" + page.get("next").stringValue();
            }
        }
    }

    private void verifyAudit(List<String> command) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(command);
        line.addAll(List.of("admin", "audit", "verify", "--data", data.toString()));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("intact, ").doesNotContain("BROKEN");
    }
}
