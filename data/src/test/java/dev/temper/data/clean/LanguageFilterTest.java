package dev.temper.data.clean;

import static dev.temper.data.recipe.Trial.asked;
import static org.assertj.core.api.Assertions.assertThat;

import dev.temper.data.recipe.Trial;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageFilterTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    请用 Python 写一个 hello world 程序  | zh
                    The translation of 你好 is hello, and it is used by everyone. | en
                    これは日本語の文章です               | ja
                    한국어 문장입니다                    | ko
                    Это предложение на русском языке     | ru
                    هذه جملة باللغة العربية              | ar
                    Der Hund und die Katze sind nicht im Haus | de
                    Le chat est dans la maison et il ne veut pas sortir | fr
                    El perro está en la casa con los niños | es
                    Il gatto è nella casa e non vuole uscire con il cane | it
                    O gato não está na casa com os meninos | pt
                    De kat is niet in het huis met een hond | nl
                    42 + 1 = 43                          | unknown
                    qwrtz                                | unknown
                    """)
    void mostOfATextSaysWhichLanguageItIs(String text, String language) {
        assertThat(LanguageDetector.of(text).map(Language::id).orElse("unknown"))
                .isEqualTo(language);
    }

    @Test
    void rowsInOtherLanguagesAreLeftOutAndAllAreCounted() {
        Trial trial = Trial.run(
                folder,
                List.of(
                        asked("你好", "您好"),
                        asked("Was ist das?", "Das ist ein Haus und nicht die Katze."),
                        asked("1", "2")),
                "{'step':'filter_language'}");

        assertThat(trial.kept()).hasSize(2);
        assertThat(trial.leftOut().getFirst().facts()).isEqualTo(Map.of("language", "de", "wanted", "zh, en"));
        assertThat(trial.reports().getFirst().found()).isEqualTo(Map.of("zh", 1L, "de", 1L, "unknown", 1L));
    }
}
