package dev.temper.text.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.temper.contract.CodedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerTest {
    private static final String SMALL = """
            {"version": "1.0", "truncation": null, "padding": null,
             "added_tokens": [
               {"id": 4, "content": "<|end|>", "single_word": false, "lstrip": false, "rstrip": false,
                "normalized": false, "special": true},
               {"id": 5, "content": "<|end|>!", "single_word": false, "lstrip": false, "rstrip": false,
                "normalized": false, "special": true}],
             "normalizer": null, "pre_tokenizer": {"type": "Split", "pattern": {"String": ""},
               "behavior": "Isolated", "invert": false}, "post_processor": null, "decoder": {"type": "Fuse"},
             "model": {"type": "WordLevel", "vocab": {"?": 0, "a": 1, "<": 2, "|": 3, "<|end|>": 4}, "unk_token": "?"}}
            """;

    @TempDir
    Path folder;

    @Test
    void controlTokensCountInMarkupOnly() {
        Tokenizer tokenizer = Tokenizer.of(SMALL, SpecialTokens.NONE, null);

        assertThat(tokenizer.encodeMarkup("a<|end|>a")).containsExactly(1, 4, 1);
        assertThat(tokenizer.encode("a<|end|>a")).doesNotContain(4).hasSize(9);
        assertThat(tokenizer.encode(List.of(Piece.text("<|end|>"), Piece.markup("a<|end|>"), Piece.text("a"))))
                .endsWith(1, 4, 1)
                .hasSize(10);
    }

    @Test
    void halfACharacterAtTheEndIsNoText() {
        assertThat(Tokenizer.untorn("订单\uFFFD\uFFFD")).isEqualTo("订单");
        assertThat(Tokenizer.untorn("a\uFFFDb")).isEqualTo("a\uFFFDb");
        assertThat(Tokenizer.untorn("\uFFFD")).isEmpty();
    }

    @Test
    void tokensThatOnlyJoiningPiecesWouldMakeAreText() {
        Tokenizer tokenizer = Tokenizer.of(SMALL, SpecialTokens.NONE, null);

        assertThat(tokenizer.encode(List.of(Piece.markup("<|en"), Piece.text("d|>"))))
                .doesNotContain(4);
        assertThat(tokenizer.encode(List.of(Piece.markup("<|end|>"), Piece.text("!"))))
                .startsWith(4)
                .doesNotContain(5);
    }

    @Test
    void tokensItLacksAreAddedBehindItsLast() {
        Tokenizer tokenizer =
                Tokenizer.of(SMALL, SpecialTokens.NONE, null).with(SpecialTokens.NONE, List.of("<|end|>", "<|new|>"));

        assertThat(tokenizer.vocabularySize()).isEqualTo(7);
        assertThat(tokenizer.requireId("<|new|>")).isEqualTo(6);
        assertThat(tokenizer.encodeMarkup("a<|new|>")).containsExactly(1, 6);
    }

    @Test
    void manyThreadsShareOne() {
        Tokenizer tokenizer = Tokenizer.of(SMALL, SpecialTokens.NONE, null);

        assertThat(IntStream.range(0, 2000)
                        .parallel()
                        .allMatch(i -> tokenizer.encode("a<|end|>").length == 8
                                && tokenizer.encodeMarkup("a<|end|>").length == 2
                                && tokenizer.decode(1, 2).equals("a<")))
                .isTrue();
    }

    @Test
    void idsBeyondTheVocabularyDecodeToNothing() {
        Tokenizer tokenizer = Tokenizer.of(SMALL, SpecialTokens.NONE, null);

        assertThat(tokenizer.decode(1, 999, 1)).isEqualTo("aa");
        assertThat(tokenizer.token(999)).isEmpty();
    }

    @Test
    void badTokenizersAreRefusedWithTheirCode() throws IOException {
        refused("tokenizer_missing", () -> Tokenizer.open(folder));
        Files.writeString(folder.resolve("tokenizer.json"), "{\"model\": ");
        refused("tokenizer_broken", () -> Tokenizer.open(folder));
        Files.writeString(folder.resolve("tokenizer.json"), "[]");
        refused("tokenizer_broken", () -> Tokenizer.open(folder));
        Files.writeString(folder.resolve("tokenizer.json"), "{\"version\": \"1.0\", \"model\": {\"type\": \"None\"}}");
        refused("tokenizer_broken", () -> Tokenizer.open(folder));
        Files.write(folder.resolve("tokenizer.json"), new byte[] {'"', (byte) 0xFF});
        refused("tokenizer_broken", () -> Tokenizer.open(folder));
        refused(
                "tokenizer_broken",
                () -> Tokenizer.of(SMALL, new SpecialTokens(null, "<not there>", null, null), null));
        refused(
                "text_lone_surrogate",
                () -> Tokenizer.of(SMALL, SpecialTokens.NONE, null).encode("\uD800"));
        refused(
                "token_unknown",
                () -> Tokenizer.of(SMALL, SpecialTokens.NONE, null).requireId("<nobody>"));
    }

    @Test
    void truncationAndPaddingInTheFileAreNotApplied() {
        Tokenizer tokenizer = Tokenizer.of(
                SMALL.replace(
                        "\"truncation\": null",
                        "\"truncation\": {\"direction\": \"Right\", \"max_length\": 2, \"strategy\": \"LongestFirst\","
                                + " \"stride\": 0}"),
                SpecialTokens.NONE,
                null);

        assertThat(tokenizer.encode("aaaa")).hasSize(4);
    }

    private static void refused(String code, ThrowingCallable action) {
        assertThatThrownBy(action)
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
