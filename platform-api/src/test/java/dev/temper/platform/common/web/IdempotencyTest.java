package dev.temper.platform.common.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.temper.platform.common.IdempotentRequests;
import dev.temper.platform.common.SettableClock;
import dev.temper.probe.Http;
import dev.temper.probe.Http.Answer;
import dev.temper.probe.Probe;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However often a request comes, its work is done once. */
class IdempotencyTest {
    private static final String PATH = "/api/v1/probes/work";
    private static final String TENANT = "00000000-0000-0000-0000-00000000acee";

    private static Probe probe;
    private static Http http;

    private final String name = "n" + UUID.randomUUID().toString().substring(0, 8);
    private final String body = "{\"name\":\"%s\"}".formatted(name);
    private final String key = UUID.randomUUID().toString();

    @BeforeAll
    static void start() {
        probe = new Probe(Map.of());
        http = new Http(probe.port());
    }

    @AfterAll
    static void stop() {
        http.close();
        probe.close();
    }

    @Test
    void aRepeatedRequestGetsTheSameAnswer() throws SQLException {
        Answer first = work("key-a", TENANT, key, body);
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.header("Idempotency-Replayed")).isEmpty();
        for (int i = 0; i < 3; i++) {
            Answer again = work("key-a", TENANT, key, body);
            assertThat(again.body()).isEqualTo(first.body());
            assertThat(again.status()).isEqualTo(first.status());
            assertThat(again.header("Content-Type")).isEqualTo(first.header("Content-Type"));
            assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        }
        assertThat(done()).isEqualTo(1);
    }

    @Test
    void withoutAKeyEachRequestCounts() throws SQLException {
        http.post(PATH, body, "Probe-Caller", "key-a");
        http.post(PATH, body, "Probe-Caller", "key-a");
        assertThat(done()).isEqualTo(2);
    }

    @Test
    void theKeyOfAnotherRequestIsRefused() throws SQLException {
        work("key-a", TENANT, key, body);
        Answer other = work("key-a", TENANT, key, body.replace("}", ",\"more\":\"1\"}"));
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.code()).isEqualTo("idempotency_key_reused");
        assertThat(done()).isEqualTo(1);
    }

    @Test
    void aKeyIsItsOwnersAlone() throws SQLException {
        work("key-a", TENANT, key, body);
        work("key-b", TENANT, key, body);
        work("key-a", "00000000-0000-0000-0000-0000000007e6", key, body);
        assertThat(work("key-a", null, key, body).header("Idempotency-Replayed"))
                .isEmpty();
        assertThat(done()).isEqualTo(4);
    }

    @Test
    void aRefusedRequestLeavesNothingAndMayComeAgain() throws SQLException {
        String tooLong = "{\"name\":\"%s\"}".formatted(name + "-far-too-long-for-this");
        assertThat(work("key-a", TENANT, key, tooLong).code()).isEqualTo("field_too_long");
        assertThat(done()).as("rows of the refused request").isZero();
        assertThat(work("key-a", TENANT, key, body).status()).isEqualTo(200);
        assertThat(done()).isEqualTo(1);
    }

    @Test
    void duplicatesAtOnceDoTheWorkOnce() throws Exception {
        List<Answer> answers = new ArrayList<>();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Answer> send = () -> work("key-a", TENANT, key, body);
            for (Future<Answer> answer : pool.invokeAll(List.of(send, send, send, send, send, send))) {
                answers.add(answer.get());
            }
        }
        assertThat(answers).extracting(Answer::status).containsOnly(200);
        assertThat(answers)
                .extracting(Answer::body)
                .containsOnly(answers.getFirst().body());
        assertThat(answers)
                .filteredOn(answer -> answer.header("Idempotency-Replayed").isEmpty())
                .hasSize(1);
        assertThat(done()).isEqualTo(1);
    }

    @Test
    void outsideOfATenantACrashIsTold() throws SQLException {
        assertThat(work("key-a", null, key, body).status()).isEqualTo(200);
        assertThat(work("key-a", null, key, body).header("Idempotency-Replayed"))
                .isEqualTo("true");
        // As if the process had ended after the work and before the answer was kept.
        update("update idempotency_keys set answer = null where tenant_id is null");
        Answer soon = work("key-a", null, key, body);
        assertThat(soon.code()).isEqualTo("idempotency_in_progress");
        assertThat(soon.header("Retry-After")).isEqualTo("2");
        probe.bean(SettableClock.class).advance(Duration.ofMinutes(3));
        assertThat(work("key-a", null, key, body).code()).isEqualTo("idempotency_answer_lost");
        assertThat(done()).isEqualTo(1);

        String tooLong = "{\"name\":\"%s\"}".formatted(name + "-far-too-long-for-this");
        String other = UUID.randomUUID().toString();
        assertThat(work("key-a", null, other, tooLong).code()).isEqualTo("field_too_long");
        assertThat(work("key-a", null, other, body).status()).isEqualTo(200);
    }

    @Test
    void neitherKeyNorAnswerCanBeReadFromTheDatabase() throws SQLException {
        Answer answer = work("key-a", TENANT, key, body);
        assertThat(answer.body()).contains("made once");
        String rows =
                query("select string_agg(encode(id, 'escape') || encode(answer, 'escape'), ' ') from idempotency_keys");
        assertThat(rows).isNotBlank().doesNotContain("made once").doesNotContain(key);
    }

    @Test
    void answersAreKeptForADay() throws SQLException {
        work("key-a", TENANT, key, body);
        probe.bean(SettableClock.class).advance(IdempotentRequests.KEPT.minusSeconds(1));
        assertThat(work("key-a", TENANT, key, body).header("Idempotency-Replayed"))
                .isEqualTo("true");
        probe.bean(SettableClock.class).advance(Duration.ofSeconds(2));
        assertThat(work("key-a", TENANT, key, body).header("Idempotency-Replayed"))
                .isEmpty();
        assertThat(done()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "with space", "cl\u00e9"})
    void aKeyThatIsNoneIsRefused(String wrong) {
        String head =
                "POST %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nProbe-Caller: key-a\r\n".formatted(PATH)
                        + "Content-Type: application/json\r\nContent-Length: 2\r\nIdempotency-Key: %s\r\n\r\n{}"
                                .formatted(wrong);
        assertThat(http.raw(head)).startsWith("HTTP/1.1 400").contains("header_wrong");
        assertThat(http.post(PATH, "{}", "Probe-Caller", "key-a", "Idempotency-Key", "k".repeat(256))
                        .code())
                .isEqualTo("header_wrong");
    }

    private static Answer work(String caller, @Nullable String tenant, String key, String body) {
        return tenant == null
                ? http.post(PATH, body, "Probe-Caller", caller, "Idempotency-Key", key)
                : http.post(PATH, body, "Probe-Caller", caller, "Idempotency-Key", key, "Probe-Tenant", tenant);
    }

    private int done() throws SQLException {
        return Integer.parseInt(query("select count(*) from login_failures where subject like '" + name + "%'"));
    }

    private static void update(String sql) throws SQLException {
        try (var connection = probe.database().asSuperuser();
                var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private static String query(String sql) throws SQLException {
        try (var connection = probe.database().asSuperuser();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return String.valueOf(row.getString(1));
        }
    }
}
