package dev.temper.data.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.temper.contract.CodedException;
import dev.temper.data.row.LeftOut;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonReaderTest {
    @TempDir
    Path folder;

    @Test
    void rowsAreFoundWhereverTheyAre() throws IOException {
        String file =
                "{\"name\":\"x\",\"splits\":{\"train\":[{\"a\":1},{\"a\":2}],\"test\":[{\"a\":3}]},\"note\":[1,2]}";
        DataFile both = Reading.file(folder, "rows.json", file);

        assertThat(both.detect().paths()).containsExactly("/splits/train", "/splits/test");
        assertThat(Reading.json(both)).containsExactly("{\"a\":1}", "{\"a\":2}", "{\"a\":3}");
        assertThat(Reading.all(both).getLast().place().within()).isEqualTo("/splits/test");
        assertThat(Reading.json(both.with(path("/splits/test")))).containsExactly("{\"a\":3}");
    }

    @Test
    void objectsOneAfterAnotherAreRows() throws IOException {
        DataFile file = Reading.file(folder, "rows.json", "{\n \"a\": 1\n}\n{\n \"a\": 2\n}\n");

        assertThat(Reading.json(file)).containsExactly("{\"a\":1}", "{\"a\":2}");
        assertThat(Reading.all(file).getLast().place().line()).isEqualTo(4);
    }

    @Test
    void aFileCutOffSaysWhere() throws IOException {
        DataFile file = Reading.file(folder, "rows.json", "[\n {\"a\": 1},\n {\"a\": \"cut o");

        assertThatThrownBy(() -> Reading.all(file))
                .asInstanceOf(InstanceOfAssertFactories.type(CodedException.class))
                .satisfies(failure -> {
                    assertThat(failure.code()).isEqualTo("json_broken");
                    assertThat(failure.details()).containsEntry("line", 3L).containsEntry("file", "rows.json");
                    assertThat(failure.getMessage()).contains("line 3");
                });
    }

    @Test
    void aWrapperCutOffBehindItsRowsIsNoticed() throws IOException {
        DataFile file = Reading.file(folder, "rows.json", "{\"data\":[{\"a\":1}]");

        assertThatThrownBy(() -> Reading.all(file)).hasMessageContaining("breaks at line 1");
    }

    @Test
    void aMissingPathIsNamed() throws IOException {
        DataFile file = Reading.file(folder, "rows.json", "{\"data\":[{\"a\":1}]}");

        assertThatThrownBy(() -> Reading.all(file.with(path("/rows")))).hasMessageContaining("/rows");
    }

    @Test
    void aFlawedRowIsReportedAndTheNextOneRead() throws IOException {
        DataFile file = Reading.file(
                folder,
                "rows.json",
                "[{\"a\":1,\"a\":2},\n{\"a\":NaN},\n{\"a\":1e999},\n{\"a\":\"\\ud800\"},\n{\"a\":\"\\u0000\"},\n{\"a\":6}]");

        assertThat(Reading.unreadable(file))
                .extracting(LeftOut::code)
                .containsExactly(
                        "key_duplicated",
                        "number_not_finite",
                        "number_not_finite",
                        "character_unpaired",
                        "character_nul");
        assertThat(Reading.unreadable(file).getFirst().content().toString()).isEqualTo("{\"a\":1,\"a (2)\":2}");
        assertThat(Reading.json(file)).containsExactly("{\"a\":6}");
    }

    @Test
    void aBrokenLineIsReportedAndTheNextOneRead() throws IOException {
        DataFile file = Reading.file(
                folder,
                "rows.jsonl",
                "{\"a\":1}\n{\"a\":\n\n{\"a\":1}{\"b\":2}\n{\"a\":1,\"a\":2}\n{\"a\":\"\0\"}\n{\"a\":6}");

        assertThat(Reading.unreadable(file))
                .extracting(LeftOut::code)
                .containsExactly("record_broken", "record_broken", "key_duplicated", "character_nul");
        assertThat(Reading.unreadable(file))
                .extracting(row -> row.place().line())
                .containsExactly(2L, 4L, 5L, 6L);
        assertThat(Reading.json(file)).containsExactly("{\"a\":1}", "{\"a\":6}");
    }

    private static ReadSettings path(String path) {
        return new ReadSettings(null, null, null, null, path, List.of());
    }
}
