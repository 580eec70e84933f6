package dev.temper.text.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.temper.text.Goldens;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Ids, tokens, offsets and decoded text equal those of Hugging Face's own bindings. */
class TokenizerGoldenTest {
    @TestFactory
    Stream<DynamicTest> everyFile() {
        return Goldens.files("tokenization").stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> run(file)));
    }

    private static void run(Path file) {
        JsonNode golden = Goldens.read(file);
        Tokenizer tokenizer = Tokenizer.open(Goldens.tokenizerOf(golden));
        SoftAssertions softly = new SoftAssertions();
        softly.assertThat(tokenizer.vocabularySize())
                .isEqualTo(golden.path("vocab_size").intValue());
        golden.path("added_tokens")
                .properties()
                .forEach(token -> softly.assertThat(tokenizer.id(token.getKey()))
                        .hasValue(token.getValue().intValue()));
        golden.path("encodings").properties().forEach(e -> encoding(tokenizer, e.getKey(), e.getValue(), softly));
        golden.path("partial_decoding").properties().forEach(e -> streaming(tokenizer, e.getValue(), softly));
        softly.assertAll();
    }

    private static void encoding(Tokenizer tokenizer, String name, JsonNode golden, SoftAssertions softly) {
        String text = golden.path("text").stringValue();
        int[] ids = Goldens.ints(golden.path("ids"));
        softly.assertThat(tokenizer.encodeMarkup(text)).as("%s ids", name).isEqualTo(ids);
        JsonNode added = golden.path("ids_with_added_special");
        softly.assertThat(tokenizer.encodeWithAddedTokens(text))
                .as("%s ids with what the tokenizer adds", name)
                .isEqualTo(added.isNull() ? ids : Goldens.ints(added));
        TokenizedText analysed = tokenizer.analyse(text);
        softly.assertThat(analysed.tokens())
                .as("%s tokens", name)
                .isEqualTo(Goldens.stream(golden.path("tokens"))
                        .map(JsonNode::stringValue)
                        .toList());
        softly.assertThat(analysed.offsets())
                .as("%s offsets", name)
                .isEqualTo(Goldens.stream(golden.path("offsets_code_points"))
                        .map(o -> new TokenizedText.Span(
                                o.get(0).intValue(), o.get(1).intValue()))
                        .toList());
        softly.assertThat(tokenizer.decode(ids))
                .as("%s decoded", name)
                .isEqualTo(golden.path("decoded").stringValue());
        softly.assertThat(tokenizer.decodeText(ids))
                .as("%s decoded without control tokens", name)
                .isEqualTo(golden.path("decoded_skip_special").stringValue());
        StreamingDecoder stream = new StreamingDecoder(tokenizer, false);
        StringBuilder streamed = new StringBuilder();
        Arrays.stream(ids).forEach(id -> streamed.append(stream.next(id)));
        softly.assertThat(streamed.append(stream.finish()).toString())
                .as("%s streamed", name)
                .isEqualTo(golden.path("decoded").stringValue());
        if (!tokenizer.holdsControlTokens(text)) {
            softly.assertThat(tokenizer.encode(text)).as("%s as text", name).isEqualTo(ids);
        }
    }

    private static void streaming(Tokenizer tokenizer, JsonNode golden, SoftAssertions softly) {
        int[] ids = Goldens.ints(golden.path("ids"));
        List<String> prefixes = new ArrayList<>();
        for (int end = 0; end <= ids.length; end++) {
            prefixes.add(tokenizer.decode(Arrays.copyOf(ids, end)));
        }
        softly.assertThat(prefixes)
                .isEqualTo(Goldens.stream(golden.path("decoded_prefixes"))
                        .map(JsonNode::stringValue)
                        .toList());
        StreamingDecoder stream = new StreamingDecoder(tokenizer, false);
        for (int i = 0; i < ids.length; i++) {
            String given = stream.next(ids[i]);
            softly.assertThat(given).as("no half character is given out").doesNotContain("\uFFFD");
            softly.assertThat(given.isEmpty())
                    .as("text comes with the last token of its character")
                    .isEqualTo(prefixes.get(i + 1).endsWith("\uFFFD"));
        }
    }

    @TestFactory
    Stream<DynamicTest> controlTokensInTextStayText() {
        return Goldens.files("tokenization").stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                    Tokenizer tokenizer = Tokenizer.open(Goldens.tokenizerOf(Goldens.read(file)));
                    for (AddedToken token : tokenizer.addedTokens()) {
                        String text = "a " + token.content() + " b";
                        int[] ids = tokenizer.encode(text);
                        assertThat(tokenizer.decode(ids)).isEqualTo(text);
                        assertThat(Arrays.stream(ids).anyMatch(id -> id == token.id()))
                                .as(token.content())
                                .isEqualTo(!token.special());
                        assertThat(tokenizer.encode(List.of(
                                        Piece.text(token.content()), Piece.markup(token.content()), Piece.text("x"))))
                                .as("only the markup's own")
                                .contains(token.id());
                    }
                }));
    }
}
