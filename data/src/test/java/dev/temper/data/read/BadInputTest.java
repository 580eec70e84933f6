package dev.temper.data.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.luben.zstd.ZstdOutputStream;
import dev.temper.contract.CodedException;
import dev.temper.data.row.LeftOut;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each kind of bad file ends with a code that says what and where, and leaves nothing behind. */
class BadInputTest {
    private static final Limits SMALL = new Limits(1_000, 50, 1 << 20, 200, 5, 1 << 16);

    @TempDir
    Path folder;

    @AfterEach
    void nothingIsLeftBehind() {
        assertThat(folder.resolve("scratch").toFile().list()).isNullOrEmpty();
    }

    @ParameterizedTest
    @CsvSource({"rows.json,''", "rows.csv,'  \n\n '"})
    void anEmptyFile(String name, String content) throws IOException {
        assertThat(code(Reading.file(folder, name, content))).isEqualTo("file_empty");
    }

    @Test
    void somethingElseAltogether() throws IOException {
        byte[] junk = new byte[4_096];
        new Random(1).nextBytes(junk);

        assertThat(code(Reading.file(folder, "junk.csv", junk))).isEqualTo("file_format_unknown");
    }

    @Test
    void aFileReadInTheWrongEncoding() throws IOException {
        DataFile file = Reading.file(folder, "rows.csv", "问,答\n你好,谢谢\n", Charset.forName("GBK"));

        ReadSettings wrong = new ReadSettings(null, "UTF-8", null, null, null, List.of());
        assertThat(Reading.unreadable(file.with(wrong)))
                .extracting(LeftOut::code)
                .containsExactly("encoding_invalid");
        ReadSettings unknown = new ReadSettings(null, "utf-99", null, null, null, List.of());
        assertThat(code(file.with(unknown))).isEqualTo("encoding_unknown");
    }

    @Test
    void aLineOfTwoGigabytesIsPassedInBoundedMemory() throws IOException {
        try (Lines lines = new Lines(new Endless((1L << 31) + 5, "\nlast"), 1 << 20)) {
            assertThat(lines.next()).isTrue();
            assertThat(lines.isTooLong()).isTrue();
            assertThat(lines.text()).hasSize(1 << 20);
            assertThat(lines.next()).isTrue();
            assertThat(lines.text()).isEqualTo("last");
            assertThat(lines.number()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "rows.jsonl,'{\"a\":1}\n{\"a\":\"X\"}\n{\"a\":3}',2",
        "rows.txt,'one\n\nX\n\nthree',2",
    })
    void aRecordThatIsTooLongIsReportedAndTheNextOneRead(String name, String content, int readable) throws IOException {
        DataFile file = Reading.file(folder, name, content.replace("X", "x".repeat(5_000)))
                .with(SMALL);

        assertThat(Reading.unreadable(file)).extracting(LeftOut::code).containsExactly("record_too_long");
        assertThat(Reading.values(file)).hasSize(readable);
    }

    @ParameterizedTest
    @CsvSource({"rows.json,'[{\"a\":\"X\"}]'", "rows.csv,'a,b\nX,2\n'", "pretty.json,'{\n\"a\": [1,\"X\"]}'"})
    void aRecordThatIsTooLongEndsAFileThatCannotBeReadOn(String name, String content) throws IOException {
        DataFile file = Reading.file(folder, name, content.replace("X", "x".repeat(5_000)))
                .with(SMALL);

        assertThat(code(file)).isEqualTo("record_too_long");
    }

    @Test
    void jsonNestedWithoutEnd() throws IOException {
        DataFile file = Reading.file(folder, "deep.json", "[{\"a\":" + "[".repeat(100_000));

        assertThat(code(file)).isEqualTo("json_broken");
    }

    @Test
    void bombs() throws IOException {
        byte[] swollen = "{\"a\":1}\n".repeat(200_000).getBytes(StandardCharsets.UTF_8);
        Limits limits = new Limits(1_000, 50, 1 << 20, 200, 5, 1 << 16);

        assertThat(code(Reading.file(folder, "b.gz", Reading.packed(swollen, GZIPOutputStream::new))
                        .with(limits)))
                .isEqualTo("unpacked_too_large");
        assertThat(code(Reading.file(folder, "b.zst", Reading.packed(swollen, ZstdOutputStream::new))
                        .with(limits)))
                .isEqualTo("unpacked_too_large");
        assertThat(code(Reading.file(folder, "b.zip", Reading.zip("rows.jsonl", swollen))
                        .with(limits)))
                .isEqualTo("unpacked_too_large");
        byte[] book = Reading.zip("xl/workbook.xml", "<a/>", "xl/sharedStrings.xml", "<t>" + "<x/>".repeat(400_000));
        assertThat(code(Reading.file(folder, "b.xlsx", book).with(limits))).isEqualTo("unpacked_too_large");
    }

    @Test
    void anArchiveThatLiesAboutASize() throws IOException {
        byte[] zip = Reading.zip("rows.jsonl", "{\"a\":1}\n".repeat(1_000));
        int directory = Bytes.find(zip, new byte[] {'P', 'K', 1, 2});
        Arrays.fill(zip, directory + 24, directory + 28, (byte) 0);
        zip[directory + 24] = 16;

        assertThat(code(Reading.file(folder, "liar.zip", zip))).isEqualTo("unpacked_too_large");
    }

    @Test
    void anArchiveInAnArchive() throws IOException {
        byte[] inner = Reading.zip("rows.jsonl", "{\"a\":1}\n");
        byte[] packed = Reading.packed("{\"a\":1}\n".getBytes(StandardCharsets.UTF_8), GZIPOutputStream::new);

        assertThat(code(Reading.file(folder, "a.zip", Reading.zip("inner.zip", inner))))
                .isEqualTo("archive_nested");
        assertThat(code(Reading.file(folder, "b.zip", Reading.zip("rows.jsonl.gz", packed))))
                .isEqualTo("archive_nested");
    }

    @Test
    void anArchiveOfTooManyFiles() throws IOException {
        byte[] zip = Reading.zip("1", "a", "2", "a", "3", "a", "4", "a", "5", "a", "6", "a");

        assertThat(code(Reading.file(folder, "many.zip", zip).with(SMALL))).isEqualTo("archive_too_many_entries");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../rows.jsonl", "a/../../rows.jsonl", "/etc/passwd", "C:\\rows.jsonl", "..\\rows.jsonl"})
    void namesThatLeadOut(String name) throws IOException {
        assertThat(code(Reading.file(folder, "a.zip", Reading.zip(name, "{\"a\":1}\n"))))
                .isEqualTo("archive_name_unsafe");
    }

    @Test
    void filesUnderAPassword() throws IOException {
        byte[] zip = Reading.zip("rows.jsonl", "{\"a\":1}\n");
        zip[6] |= 1;
        zip[Bytes.find(zip, new byte[] {'P', 'K', 1, 2}) + 8] |= 1;
        byte[] office = new byte[4_096];
        System.arraycopy(new byte[] {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0}, 0, office, 0, 4);
        byte[] mark = "EncryptedPackage".getBytes(StandardCharsets.UTF_16LE);
        byte[] locked = office.clone();
        System.arraycopy(mark, 0, locked, 1_024, mark.length);

        assertThat(code(Reading.file(folder, "a.pdf", Office.pdf("secret", "text"))))
                .isEqualTo("file_password_protected");
        assertThat(code(Reading.file(folder, "a.zip", zip))).isEqualTo("file_password_protected");
        assertThat(code(Reading.file(folder, "a.xlsx", locked))).isEqualTo("file_password_protected");
        assertThat(code(Reading.file(folder, "a.xls", office))).isEqualTo("file_format_old");
    }

    @Test
    void aScanWithoutText() throws IOException {
        assertThat(code(Reading.file(folder, "scan.pdf", Office.pdf(null, "", ""))))
                .isEqualTo("text_missing");
        assertThat(code(Reading.file(folder, "blank.docx", Office.docx("", ""))))
                .isEqualTo("text_missing");
    }

    @Test
    void entitiesOfADocumentAreNotFollowed() throws IOException {
        byte[] docx = Reading.zip(
                "word/document.xml",
                "<!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><w:document xmlns:w=\"w\">&x;</w:document>");

        assertThat(code(Reading.file(folder, "xxe.docx", docx))).isEqualTo("file_broken");
    }

    @Test
    void aCellInAColumnThatNoSheetHas() throws IOException {
        byte[] book = Reading.zip(
                "xl/workbook.xml", "<workbook/>", "xl/worksheets/sheet1.xml", "<row r=\"1\"><c r=\"ZZZZZZ1\"/></row>");

        assertThat(code(Reading.file(folder, "wide.xlsx", book))).isEqualTo("file_broken");
    }

    @Test
    void aNulInATable() throws IOException {
        DataFile file = Reading.file(folder, "rows.csv", "q,a\nx\0y,z\nfine,too\n");

        assertThat(Reading.unreadable(file)).extracting(LeftOut::code).containsExactly("character_nul");
        assertThat(Reading.values(file)).hasSize(1);
    }

    @Test
    void aPackedFileCutOff() throws IOException {
        byte[] packed =
                Reading.packed("{\"a\":1}\n".repeat(9_000).getBytes(StandardCharsets.UTF_8), GZIPOutputStream::new);

        assertThat(code(Reading.file(folder, "rows.gz", Arrays.copyOf(packed, packed.length / 2))))
                .isEqualTo("file_broken");
    }

    @Test
    void everyFailureSaysWhatToDo() throws IOException {
        DataFile file = Reading.file(folder, "rows.json", "[{\"a\":");

        assertThatThrownBy(() -> Reading.all(file)).isInstanceOfSatisfying(CodedException.class, failure -> {
            assertThat(failure.remedy()).isNotBlank().doesNotContain("{");
            assertThat(failure.getMessage()).doesNotContain("{", folder.toString());
        });
    }

    private static String code(DataFile file) {
        CodedException failure = catchThrowableOfType(CodedException.class, () -> Reading.all(file));
        return failure == null ? "none" : failure.code();
    }

    /** One character over and over, and then an end. */
    private static final class Endless extends Reader {
        private final String end;
        private long left;
        private int at;

        Endless(long length, String end) {
            this.left = length;
            this.end = end;
        }

        @Override
        public int read(char[] target, int offset, int length) {
            if (left > 0) {
                int count = (int) Math.min(length, left);
                Arrays.fill(target, offset, offset + count, 'x');
                left -= count;
                return count;
            }
            if (at == end.length()) {
                return -1;
            }
            target[offset] = end.charAt(at++);
            return 1;
        }

        @Override
        public void close() {}
    }
}
