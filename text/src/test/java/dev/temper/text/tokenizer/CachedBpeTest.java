package dev.temper.text.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is encoded here is what the library makes of it, id for id. */
class CachedBpeTest {
    private static final String ALPHABET = "ab cS'sTLl dD  \n\r\t12345²½.,!?-—“”…，。！？（）：１２ａＢ中国人民银行的是了é ÀßØ<>|im_end";

    @Test
    void randomTextsOfEverythingThatMayMeet() throws IOException {
        String json = Files.readString(Path.of("../models/temper-mini/tokenizer.json"));
        NativeTokenizer library = NativeTokenizer.parse(json);
        CachedBpe own = own(json);
        Random random = new Random(11);
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(60); length > 0; length--) {
                int piece = random.nextInt(40);
                if (piece == 0) {
                    text.append("<|im_start|>");
                } else if (piece == 1) {
                    text.append("<|im_end|>\n");
                } else {
                    text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
                }
            }
            assertThat(own.encode(text.toString())).as("%s", text).isEqualTo(library.encode(text.toString(), false));
        }
    }

    @Test
    void otherCuttingsAndWholeWordsFirst() throws IOException {
        String mini = Files.readString(Path.of("../models/temper-mini/tokenizer.json"));
        String one = "|\\\\p{N}| ?";
        assertThat(mini).contains(one);
        for (String json : new String[] {
            mini.replace(one, "|\\\\p{N}{1,3}| ?"),
            mini.replaceAll("\"ignore_merges\"\\s*:\\s*false", "\"ignore_merges\":true")
        }) {
            NativeTokenizer library = NativeTokenizer.parse(json);
            for (String text :
                    new String[] {"1234567 words, the'LL", "银行存款 2024年12月31日", "  \n\n x\t\r\n", "the the theatre"}) {
                assertThat(own(json).encode(text)).as(text).isEqualTo(library.encode(text, false));
            }
        }
    }

    @Test
    void whatVersionsOfUnicodeDisagreeAboutIsLeftToTheLibrary() throws IOException {
        CachedBpe own = own(Files.readString(Path.of("../models/temper-mini/tokenizer.json")));
        for (String text : new String[] {"e\u0301", "\u017F", "\u00A0", "\uD83D\uDE00", "\u0000", "𠮷", "한국"}) {
            assertThat(own.encode(text)).as(text).isNull();
        }
        assertThat(own.encode("")).isEmpty();
    }

    private static CachedBpe own(String json) {
        return Objects.requireNonNull(
                CachedBpe.of(json, TokenizerJson.read(json).added()));
    }
}
