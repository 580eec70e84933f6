package dev.temper.trainer.box;

import static org.assertj.core.api.Assertions.assertThat;

import dev.temper.model.DecoderConfig;
import dev.temper.text.template.EncodingOptions;
import dev.temper.text.template.JinjaEncoder;
import dev.temper.text.tokenizer.SpecialTokens;
import dev.temper.text.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MiniTest {
    @TempDir
    Path folder;

    @Test
    void theSameSeedMakesTheSameCorpus() {
        Corpus one = new Corpus(7);
        Corpus same = new Corpus(7);
        for (int i = 0; i < 200; i++) {
            assertThat(one.text()).isEqualTo(same.text()).doesNotContain("{", "}", "|");
            assertThat(one.conversation()).isEqualTo(same.conversation()).isNotEmpty();
        }
        assertThat(new Corpus(8).text()).isNotEqualTo(new Corpus(7).text());
    }

    @Test
    void theVocabularyReadsInTheTokenizersLibraryAndShortensText() throws IOException {
        BytePairs pairs = Mini.learn(300, 1500);
        TokenizerFile.write(folder, pairs);
        UntrainedModel.write(folder, 1503, 1);
        Tokenizer tokenizer = Tokenizer.open(folder);

        assertThat(tokenizer.vocabularySize()).isEqualTo(1503);
        assertThat(DecoderConfig.read(folder).vocabulary()).isEqualTo(1503);
        for (String text : List.of(
                "What is the capital of France? 12 + 7 = 19", "法国的首都是哪里？", "Ünïcode 😀\n\ttabs", "<|im_end|>")) {
            assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
        }
        assertThat(tokenizer.encode("What is the capital of France?").length).isLessThan(9);
        assertThat(tokenizer.encode("法国的首都是哪里？").length).isLessThan(9);
        assertThat(JinjaEncoder.of(tokenizer, EncodingOptions.cutoff(64), Clock.systemUTC())
                        .stopIds())
                .containsExactly(tokenizer.requireId("<|im_end|>"));
        assertThat(tokenizer.specialTokens()).isEqualTo(new SpecialTokens(null, "<|im_end|>", "<|endoftext|>", null));
    }
}
