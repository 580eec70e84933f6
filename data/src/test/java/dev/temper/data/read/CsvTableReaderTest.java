package dev.temper.data.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.temper.data.row.LeftOut;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvTableReaderTest {
    @TempDir
    Path folder;

    @Test
    void quotedCellsKeepSeparatorsQuotesAndLines() throws IOException {
        DataFile file = Reading.file(folder, "rows.csv", "q,a\n\"one, \"\"two\"\"\",\"line 1\nline 2\"\nx,y\n");

        assertThat(Reading.json(file))
                .containsExactly("{\"q\":\"one, \\\"two\\\"\",\"a\":\"line 1\\nline 2\"}", "{\"q\":\"x\",\"a\":\"y\"}");
        assertThat(Reading.all(file).getLast().place().line()).isEqualTo(4);
    }

    @Test
    void aRowWithOtherColumnsIsReportedWithWhatStoodThere() throws IOException {
        DataFile file = Reading.file(folder, "rows.csv", "q,a\n1,2\nonly\n1,2,3\n1,2,,\n");

        assertThat(Reading.unreadable(file))
                .extracting(LeftOut::code)
                .containsOnly("columns_differ")
                .hasSize(2);
        assertThat(Reading.unreadable(file).getLast().content().toString())
                .isEqualTo("{\"q\":\"1\",\"a\":\"2\",\"column 3\":\"3\"}");
        assertThat(Reading.json(file)).hasSize(2);
    }

    @Test
    void namesAreMadeUnique() throws IOException {
        DataFile file = Reading.file(folder, "rows.csv", ",q,q\n0,x,y\n1,z,w\n");

        assertThat(Reading.json(file)).first().isEqualTo("{\"column 1\":\"0\",\"q\":\"x\",\"q (2)\":\"y\"}");
    }

    @Test
    void aSpreadsheetsSeparatorLineIsObeyed() throws IOException {
        DataFile file = Reading.file(folder, "rows.csv", "sep=;\nq;a\n1,5;2\n");

        assertThat(Reading.json(file)).containsExactly("{\"q\":\"1,5\",\"a\":\"2\"}");
        assertThat(Reading.all(file).getFirst().place().line()).isEqualTo(3);
    }

    @Test
    void aQuotationMarkThatNeverClosesIsFound() throws IOException {
        DataFile file = Reading.file(folder, "rows.csv", "q,a\n1,2\n\"never,closed\n3,4\n");

        assertThatThrownBy(() -> Reading.all(file)).hasMessageContaining("breaks near line 3");
    }

    @Test
    void aCellWithBytesThatAreNoCharactersIsReportedByItsColumn() throws IOException {
        byte[] bytes = "问,答\n你好,谢谢\n你好,?\n再见,好\n".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        bytes[new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf('?')] = (byte) 0xff;
        DataFile file = Reading.file(folder, "rows.csv", bytes);

        LeftOut left = Reading.unreadable(file).getFirst();
        assertThat(left.code()).isEqualTo("encoding_invalid");
        assertThat(left.place().column()).isEqualTo("答");
        assertThat(Reading.json(file)).hasSize(2);
    }

    @Test
    void tenThousandColumnsAreRefused() throws IOException {
        String header = IntStream.range(0, 10_000).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
        DataFile file = Reading.file(folder, "rows.csv", header + "\n" + header + "\n");

        assertThatThrownBy(() -> Reading.all(file)).hasMessageContaining("10000 columns");
    }
}
