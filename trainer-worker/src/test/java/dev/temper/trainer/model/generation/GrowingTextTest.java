package dev.temper.trainer.model.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.temper.model.Goldens;
import dev.temper.text.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class GrowingTextTest {
    private Tokenizer tokenizer;

    @BeforeEach
    void open() {
        tokenizer = Tokenizer.open(Goldens.path("tokenizers/tiny-bpe"));
    }

    @Test
    void aCharacterIsNeverSplit() {
        JsonNode golden = JsonMapper.shared().readTree(Goldens.path("tokenization/tiny-bpe.json"));
        for (JsonNode each : golden.path("partial_decoding")) {
            GrowingText text = new GrowingText(settings(100), tokenizer);
            StringBuilder told = new StringBuilder();
            for (JsonNode id : each.path("ids")) {
                String piece = text.next(id.asInt());
                assertThat(piece).doesNotContain("\ufffd");
                told.append(piece);
            }
            told.append(text.finish(GeneratedText.End.CANCELLED));
            assertThat(told.toString()).isEqualTo(text.result().text());
            JsonNode prefixes = each.path("decoded_prefixes");
            assertThat(told.toString())
                    .isEqualTo(prefixes.path(prefixes.size() - 1).asString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"one END two", "EN EN END", "ENEND", "ab END END", "END"})
    void nothingOfAStopStringIsTold(String whole) {
        GrowingText text = new GrowingText(settings(100, "END", "never"), tokenizer);
        List<String> told = new ArrayList<>();
        for (int id : tokenizer.encode(whole)) {
            if (!text.isFinished()) {
                told.add(text.next(id));
            }
        }
        String before = whole.substring(0, whole.indexOf("END"));
        assertThat(text.isFinished()).isTrue();
        assertThat(String.join("", told)).isEqualTo(before);
        assertThat(text.result().text()).isEqualTo(before);
        assertThat(text.result().end()).isEqualTo(GeneratedText.End.STRING);
    }

    @Test
    void whatOnlyLookedLikeAStopStringIsToldAtTheEnd() {
        int[] ids = tokenizer.encode("a EN");
        GrowingText text = new GrowingText(settings(ids.length, "END"), tokenizer);
        StringBuilder told = new StringBuilder();
        for (int id : ids) {
            told.append(text.next(id));
        }
        assertThat(text.isFinished()).isTrue();
        assertThat(told.toString()).isEqualTo("a EN");
        assertThat(text.result().end()).isEqualTo(GeneratedText.End.LENGTH);
    }

    @Test
    void aStopTokenDoesNotBelongToTheText() {
        int stop = tokenizer.requireId("<|im_end|>");
        GrowingText text =
                new GrowingText(new GenerationSettings(9, 0, 1, 0, 1, Set.of(stop), List.of(), 0), tokenizer);
        int[] ids = tokenizer.encode("hi");
        for (int id : ids) {
            text.next(id);
        }
        text.next(stop);
        assertThat(text.result().text()).isEqualTo("hi");
        assertThat(text.result().ids()).hasSize(ids.length);
        assertThat(text.result().end()).isEqualTo(GeneratedText.End.TOKEN);
    }

    private static GenerationSettings settings(int tokens, String... stops) {
        return new GenerationSettings(tokens, 0, 1, 0, 1, Set.of(), List.of(stops), 0);
    }
}
