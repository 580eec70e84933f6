package dev.temper.data.privacy;

import static dev.temper.data.recipe.Trial.asked;
import static org.assertj.core.api.Assertions.assertThat;

import dev.temper.data.recipe.Trial;
import dev.temper.data.row.RowText;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SecretsTest {
    @TempDir
    Path folder;

    /** Made up, and put together here, so that no scanner takes this file for a leak. */
    static Stream<Arguments> texts() {
        String letters = "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8";
        String line = "-----%s RSA PRIVATE" + " KEY-----";
        return Stream.of(
                Arguments.of("use sk-" + letters + " here", "use [ACCESS_TOKEN] here"),
                Arguments.of("AK" + "IAIOSFODNN7EXAMPL3", "[ACCESS_TOKEN]"),
                Arguments.of("token ghp" + "_" + letters, "token [ACCESS_TOKEN]"),
                Arguments.of(
                        line.formatted("BEGIN") + "\nMIIB" + letters + "\n" + line.formatted("END") + "\nend",
                        "[PRIVATE_KEY]\nend"),
                Arguments.of("ey" + "JhbGciOiJIUzI1NiJ9.ey" + "JzdWIiOiIxMjM0In0.c2lnbmF0dXJl", "[JSON_WEB_TOKEN]"),
                Arguments.of("postgres://app:s3cret@db:5432/x", "postgres://app:[PASSWORD_IN_ADDRESS]@db:5432/x"),
                Arguments.of("密码:Zx9!kkp2Lm,请保管", "密码:[PASSWORD],请保管"),
                Arguments.of("api_key = \"9f8e7d6c5b4a\"", "api_key = \"[PASSWORD]\""),
                Arguments.of("password: your-password", "password: your-password"),
                Arguments.of(
                        "How do I reset my password? Click the link.", "How do I reset my password? Click the link."),
                Arguments.of("task-force skills and sk-short", "task-force skills and sk-short"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void whatOpensDoorsIsMasked(String text, String masked) {
        Trial trial = Trial.run(folder, List.of(asked("q", text)), "{'step':'secrets'}");

        assertThat(RowText.answer(trial.kept().getFirst())).isEqualTo(masked);
    }
}
