package dev.temper.platform.common.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.temper.platform.common.SettableClock;
import dev.temper.probe.Http;
import dev.temper.probe.Http.Answer;
import dev.temper.probe.Probe;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each caller has an allowance, is told how much of it is left, and gets it back with time. */
class RateLimitTest {
    private static final String PATH = "/api/v1/probes/1";

    @Test
    void onlyTheOneWhoAsksTooMuchIsSlowedDown() {
        try (Probe probe = new Probe(Map.of(
                        "temper.rate-limit.window", "30s",
                        "temper.rate-limit.per-key", "3",
                        "temper.rate-limit.per-session", "5",
                        "temper.rate-limit.per-address", "20"));
                Http http = new Http(probe.port())) {
            for (int left = 2; left >= 0; left--) {
                Answer answer = http.get(PATH, "Probe-Caller", "key-a");
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.header("RateLimit-Policy")).isEqualTo("\"key\";q=3;w=30");
                assertThat(answer.header("RateLimit")).startsWith("\"key\";r=" + left + ";t=");
            }
            Answer tooMany = http.get(PATH, "Probe-Caller", "key-a", "Accept-Language", "zh");
            assertThat(tooMany.status()).isEqualTo(429);
            assertThat(tooMany.code()).isEqualTo("rate_limited");
            assertThat(tooMany.header("Retry-After")).isEqualTo("10");
            assertThat(tooMany.header("RateLimit")).isEqualTo("\"key\";r=0;t=10");
            assertThat(tooMany.json().path("detail").asString()).contains("3 次", "30 s", "10 s");

            assertThat(http.get(PATH, "Probe-Caller", "key-b").status()).isEqualTo(200);
            assertThat(http.get(PATH, "Probe-Caller", "lin").header("RateLimit-Policy"))
                    .isEqualTo("\"session\";q=5;w=30");

            probe.bean(SettableClock.class).advance(Duration.ofSeconds(10));
            assertThat(http.get(PATH, "Probe-Caller", "key-a").status()).isEqualTo(200);
            assertThat(http.get(PATH, "Probe-Caller", "key-a").status()).isEqualTo(429);

            Answer nobody = http.get(PATH);
            assertThat(nobody.header("RateLimit-Policy")).isEqualTo("\"address\";q=20;w=30");
            while (nobody.status() == 200) {
                nobody = http.get(PATH);
            }
            assertThat(nobody.code()).isEqualTo("rate_limited");
            assertThat(http.get(PATH, "Probe-Caller", "key-c").status())
                    .as("same address")
                    .isEqualTo(429);
            assertThat(http.get("/elsewhere").status()).as("not the API").isEqualTo(404);
        }
    }
}
