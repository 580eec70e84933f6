package dev.temper.platform.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class RedactionTest {
    private static final String SECRET = "correct-horse-battery";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password", "newPassword", "password_hash", "secret", "clientSecret", "token", "accessToken",
                "refresh-token", "apiKey", "API_KEY", "privateKey", "credential", "credentials", "authorization",
                "cookie", "totp", "otp", "recoveryCodes", "keyHash", "passphrase", "TemperSecurityPassword"
            })
    void aFieldNamedLikeASecretIsBlackedOut(String name) {
        for (Object value : new Object[] {SECRET, List.of(SECRET), Map.of("value", SECRET), 123_456}) {
            String kept = kept(Map.of(name, value, "note", "visible"));
            assertThat(kept).doesNotContain(SECRET).doesNotContain("123456").contains("visible", Redaction.MARK);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tmp_abcdefgh12345678ijkl",
                "Bearer abcdefghijklmnop",
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-_1",
                "sk-abcdefghijklmnopqrst",
                "hf_abcdefghijklmnopqrst",
                "ghp_abcdefghijklmnopqrst",
                "AKIAABCDEFGHIJKLMNOP",
                "{bcrypt}$2a$10$abcdefghijklmnopqrstuv",
                "$argon2id$v=19$m=16384,t=2,p=1$c2FsdA$aGFzaA",
                "-----BEGIN RSA " + "PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----"
            })
    void aTextThatLooksLikeASecretIsBlackedOutWhereverItStands(String secret) {
        for (Object value : new Object[] {secret, List.of("x " + secret + " y"), Map.of("note", "it is " + secret)}) {
            assertThat(kept(Map.of("description", value)))
                    .doesNotContain(secret.substring(10))
                    .contains(Redaction.MARK);
        }
        assertThat(Redaction.of(secret)).isEqualTo(Redaction.MARK);
    }

    @Test
    void aPasswordInAnAddressIsBlackedOut() {
        assertThat(Redaction.of("https://lin:s3cret@hub.example.org/x"))
                .isEqualTo("https://[redacted]@hub.example.org/x");
        assertThat(Redaction.of("https://hub.example.org/x@y")).isEqualTo("https://hub.example.org/x@y");
    }

    @ParameterizedTest
    @CsvSource({
        "maxTokens, 2048",
        "tokenCount, 17",
        "mustChangePassword, true",
        "learningRate, 0.0002",
        "name, tokeniser",
        "prefix, tmp_abcdefgh",
        "hashed, plain"
    })
    void whatIsNoSecretStays(String name, String value) {
        Object plain = value.matches("true") ? (Object) true : value;
        assertThat(kept(Map.of(name, plain))).contains(value);
    }

    @Test
    void keysComeInOrderSoThatTheSameIsWrittenTheSame() {
        Map<String, Object> map = new TreeMap<>(Comparator.reverseOrder());
        map.put("a", 1);
        map.put("b", List.of(Map.of("d", 1)));
        assertThat(Snapshot.of(map)).isEqualTo("{\"a\":1,\"b\":[{\"d\":1}]}");
        assertThat(Snapshot.of(null)).isNull();
    }

    @Test
    void whatIsTooLargeIsLeftOutAndSaidSo() {
        String kept = kept(Map.of("text", "x".repeat(Snapshot.MAX_CHARACTERS)));
        assertThat(kept).hasSizeLessThan(200);
        JsonNode read = Objects.requireNonNull(Snapshot.read(kept));
        assertThat(read.path("characters").asInt()).isGreaterThan(Snapshot.MAX_CHARACTERS);
    }

    private static String kept(@Nullable Object value) {
        return Objects.requireNonNull(Snapshot.of(value));
    }
}
