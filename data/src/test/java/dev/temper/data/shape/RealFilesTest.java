package dev.temper.data.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.temper.data.read.DataFile;
import dev.temper.data.row.Row;
import dev.temper.data.row.RowKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files as the field has them are recognised, and every row is accounted for. */
class RealFilesTest {
    @ParameterizedTest
    @CsvSource({
        "alpaca_en_demo.json,ALPACA,CONVERSATION,999",
        "alpaca_zh_demo.json,ALPACA,CONVERSATION,1000",
        "c4_demo.jsonl,TEXT,TEXT,300",
        "dpo_en_demo.json,SHAREGPT,PREFERENCE,300",
        "kto_en_demo.json,MESSAGES,JUDGED,300"
    })
    void isRecognised(String name, Shape shape, RowKind kind, int count) throws IOException {
        Path path = Path.of("..", "..", "shared", "data", name);
        assumeTrue(Files.exists(path), "no " + name + " here");

        Given given = Given.file(DataFile.of(path, name));

        assertThat(given.shape()).isEqualTo(shape);
        assertThat(given.proposal().isCertain()).isTrue();
        assertThat(given.rows()).extracting(Row::kind).containsOnly(kind);
        assertThat(given.rows().size() + given.leftOut().size()).isEqualTo(count);
        assertThat(given.codes())
                .as("left out")
                .allMatch(code -> code.equals("text_empty"))
                .hasSizeLessThan(10);
    }
}
