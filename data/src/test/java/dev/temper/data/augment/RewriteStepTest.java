package dev.temper.data.augment;

import static dev.temper.data.recipe.Trial.asked;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.temper.contract.CodedException;
import dev.temper.contract.web.PublicAddress;
import dev.temper.data.recipe.RecipeContext;
import dev.temper.data.recipe.Trial;
import dev.temper.data.row.RowText;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RewriteStepTest {
    private static final String PARAPHRASE = "{'step':'augment_model','endpoint':'e'}";

    @TempDir
    Path folder;

    @Test
    void aModelPutsTheQuestionIntoOtherWords() throws IOException {
        try (ChatServer server = new ChatServer(said -> " In other words: " + said + "\n")) {
            Trial trial = run(server, true, PARAPHRASE);

            assertThat(trial.kept()).extracting(RowText::question).containsExactly("why?", "In other words: why?");
            assertThat(trial.kept()).extracting(RowText::answer).containsOnly("so");
            assertThat(Trial.column(trial.kept().get(1), "augmented")).isEqualTo("paraphrase");
            assertThat(server.authorizations).containsExactly("Bearer key-1");
            assertThat(server.requests.getFirst().path("model").asString()).isEqualTo("tiny");
        }
    }

    @Test
    void backTranslationGoesThereAndBack() throws IOException {
        try (ChatServer server = new ChatServer(said -> said.equals("why?") ? "pourquoi ?" : "For what reason?")) {
            Trial trial = run(
                    server,
                    true,
                    "{'step':'augment_model','endpoint':'e','how':'back_translation','through':'French'}");

            assertThat(RowText.question(trial.kept().get(1))).isEqualTo("For what reason?");
            assertThat(server.requests.get(0).toString()).contains("into French", "why?");
            assertThat(server.requests.get(1).toString()).contains("pourquoi ?");
        }
    }

    @Test
    void anAnswerThatSaysTheSameOrNothingAddsNoRow() throws IOException {
        try (ChatServer same = new ChatServer(said -> said);
                ChatServer nothing = new ChatServer(said -> " ")) {
            assertThat(run(same, true, PARAPHRASE).kept()).hasSize(1);
            assertThat(run(nothing, true, PARAPHRASE).kept()).hasSize(1);
        }
    }

    @Test
    void aModelThatIsBusyIsAskedAgain() throws IOException {
        try (ChatServer server = new ChatServer(said -> "other")) {
            server.failures.addAll(List.of(503, 429));

            assertThat(run(server, true, PARAPHRASE).kept()).hasSize(2);
        }
    }

    @ParameterizedTest
    @CsvSource({"500, 3, endpoint_unavailable", "401, 1, endpoint_refused", "302, 1, endpoint_refused"})
    void aModelThatRefusesStopsTheImportWithACode(int status, int tries, String code) throws IOException {
        try (ChatServer server = new ChatServer(said -> "other")) {
            server.failures.addAll(List.of(status, status, status));

            CodedException failure = catchThrowableOfType(CodedException.class, () -> run(server, true, PARAPHRASE));

            assertThat(failure.code()).isEqualTo(code);
            assertThat(failure.getMessage() + failure.details()).doesNotContain("key-1");
            assertThat(server.requests).hasSize(tries);
        }
    }

    @Test
    void anAddressInAPrivateNetworkIsRefusedUnlessAllowed() throws IOException {
        try (ChatServer server = new ChatServer(said -> "other")) {
            CodedException failure = catchThrowableOfType(CodedException.class, () -> run(server, false, PARAPHRASE));

            assertThat(failure.code()).isEqualTo("endpoint_private");
            assertThat(server.requests).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, false", "10.1.2.3, false", "172.16.0.1, false", "192.168.1.1, false", "169.254.169.254, false",
        "100.64.0.1, false", "0.0.0.0, false", "::1, false", "fe80::1, false", "fd00::1, false",
        "::ffff:10.0.0.1, false", "64:ff9b::a00:1, false", "8.8.8.8, true", "172.32.0.1, true", "2606:4700::1111, true"
    })
    void whatIsPublicIsToldByTheAddress(String address, boolean isPublic) throws IOException {
        assertThat(PublicAddress.is(InetAddress.getByName(address))).isEqualTo(isPublic);
    }

    private Trial run(ChatServer server, boolean allowPrivate, String step) {
        RecipeContext context = RecipeContext.in(folder).withEndpoints(name -> server.endpoint(allowPrivate));
        return Trial.run(context, List.of(asked("why?", "so")), step);
    }
}
