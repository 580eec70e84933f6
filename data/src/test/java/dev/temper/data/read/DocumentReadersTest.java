package dev.temper.data.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.temper.data.row.LeftOut;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentReadersTest {
    @TempDir
    Path folder;

    @Test
    void aWorkbookIsReadAsAPersonSeesIt() throws IOException {
        byte[] book = Office.workbook("题库", sheet -> {
            sheet.value(0, 0, "客服题库 2026");
            List<String> names = List.of("题目", "答案", "次数", "金额", "日期", "完成");
            for (int i = 0; i < names.size(); i++) {
                sheet.value(1, i, names.get(i));
            }
            sheet.value(2, 0, "如何退货?");
            sheet.value(2, 1, "七天内。");
            sheet.value(2, 2, 3);
            sheet.value(2, 3, 0.1 + 0.2);
            sheet.value(2, 4, LocalDate.of(2026, 11, 23));
            sheet.style(2, 4).format("yyyy-mm-dd").set();
            sheet.value(2, 5, true);
            sheet.value(4, 0, "空行之后");
        });
        DataFile file = Reading.file(folder, "book.xlsx", book);

        assertThat(file.detect().format()).isEqualTo(FileFormat.XLSX);
        assertThat(Reading.json(file))
                .containsExactly(
                        "{\"题目\":\"如何退货?\",\"答案\":\"七天内。\",\"次数\":\"3\",\"金额\":\"0.3\",\"日期\":\"2026-11-23\",\"完成\":\"TRUE\"}",
                        "{\"题目\":\"空行之后\",\"答案\":\"\",\"次数\":\"\",\"金额\":\"\",\"日期\":\"\",\"完成\":\"\"}");
        assertThat(Reading.unreadable(file)).extracting(LeftOut::code).containsExactly("row_above_header");
        assertThat(Reading.all(file).getLast().place().line()).isEqualTo(5);
        assertThat(Reading.all(file).getLast().place().within()).isEqualTo("题库");
    }

    @Test
    void titlesAndNotesAboveATableAreToldAndNotTakenForItsHeader() throws IOException {
        List<List<String>> rows = List.of(
                List.of("客服问答汇总", "", "", ""),
                List.of("更新日期：2026-10-01", "", "内部", ""),
                List.of("序号", "客户问题", "标准回复", "负责人"),
                List.of("1", "怎样改手机号？", "在安全中心修改。", ""),
                List.of("", "如何退货？", "七天内。", "王芳"));
        String text = rows.stream().map(row -> String.join(",", row)).collect(Collectors.joining("\n"));
        for (DataFile file : List.of(
                Reading.file(folder, "faq.xlsx", Office.workbook("FAQ", rows)),
                Reading.file(folder, "faq.csv", text.getBytes(StandardCharsets.UTF_8)))) {
            assertThat(Reading.json(file))
                    .containsExactly(
                            "{\"序号\":\"1\",\"客户问题\":\"怎样改手机号？\",\"标准回复\":\"在安全中心修改。\",\"负责人\":\"\"}",
                            "{\"序号\":\"\",\"客户问题\":\"如何退货？\",\"标准回复\":\"七天内。\",\"负责人\":\"王芳\"}");
            assertThat(Reading.unreadable(file))
                    .extracting(LeftOut::code)
                    .containsExactly("row_above_header", "row_above_header");
            assertThat(Reading.all(file).getLast().place().line()).isEqualTo(5);
        }
    }

    @Test
    void onlyTheChosenSheetsAreRead() throws IOException {
        DataFile file =
                Reading.file(folder, "b.xlsx", Office.workbook("one", List.of(List.of("q", "a"), List.of("x", "y"))));

        assertThat(Reading.json(file.with(sheets("one")))).hasSize(1);
        assertThatThrownBy(() -> Reading.all(file.with(sheets("two")))).hasMessageContaining("two");
    }

    @ParameterizedTest
    @ValueSource(strings = {"snappy", "zstd", "gzip"})
    void parquetKeepsListsAndStructures(String compression) throws IOException {
        DataFile file;
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream(compression + ".parquet"))) {
            file = Reading.file(folder, "rows.parquet", in.readAllBytes());
        }

        assertThat(file.detect().format()).isEqualTo(FileFormat.PARQUET);
        assertThat(Reading.json(file))
                .hasSize(5)
                .element(2)
                .isEqualTo("{\"id\":2,\"question\":\"问题 2\",\"messages\":[{\"role\":\"user\",\"content\":\"q2\"},"
                        + "{\"role\":\"assistant\",\"content\":\"a2\"}],\"score\":0.5,\"good\":true,\"day\":\"2026-01-03\","
                        + "\"maybe\":null,\"m\":{\"k\":2}}");
    }

    @Test
    void aWordDocumentCountsAsWordDoes() throws IOException {
        DataFile file = Reading.file(
                folder, "exam.docx", Office.docx("试卷", "#0:第一题?", "#1:是", "#1:否", "答案:A", "", "#0:第二题?", "#1:对"));

        assertThat(file.detect().format()).isEqualTo(FileFormat.DOCX);
        assertThat(Reading.values(file))
                .extracting(value -> value.get("text").stringValue())
                .containsExactly("试卷", "1. 第一题?", "A. 是", "B. 否", "答案:A", "2. 第二题?", "A. 对");
    }

    @Test
    void aPdfIsReadPageByPage() throws IOException {
        DataFile file = Reading.file(folder, "paper.pdf", Office.pdf(null, "1. One?\nA. yes", "", "Last page"));

        assertThat(Reading.values(file))
                .extracting(value -> value.get("text").stringValue())
                .containsExactly("1. One?\nA. yes", "Last page");
        assertThat(Reading.unreadable(file)).extracting(LeftOut::code).containsExactly("page_empty");
        assertThat(Reading.all(file).getLast().place().within()).isEqualTo("page 3");
    }

    @Test
    void aPageIsReadAsItIsSeen() throws IOException {
        DataFile file = Reading.file(folder, "page.html", """
                <!DOCTYPE html><html><head><title>no</title><style>p{}</style></head><body>
                <h1>Returns</h1><p>Within <b>seven</b>
                days.<br>Really.</p><script>alert(1)</script>
                <ul><li>one<li>two</ul><pre>a
                  b</pre><table><tr><td>x</td><td>y</td></tr></table></body></html>
                """);

        assertThat(file.detect().format()).isEqualTo(FileFormat.HTML);
        assertThat(Reading.values(file))
                .extracting(value -> value.get("text").stringValue())
                .containsExactly("Returns", "Within seven days.\nReally.", "one", "two", "a\n  b", "x\ty");
        assertThat(Reading.all(file).getFirst().place().line()).isEqualTo(2);
    }

    @Test
    void markdownKeepsItsFences() throws IOException {
        DataFile file = Reading.file(folder, "notes.md", "# Title\n\n```\na\n\nb\n```\n\nEnd\n");

        assertThat(Reading.values(file))
                .extracting(value -> value.get("text").stringValue())
                .containsExactly("# Title", "```\na\n\nb\n```", "End");
    }

    @Test
    void anArchiveIsItsFilesOneAfterAnother() throws IOException {
        byte[] zip = Reading.zip(
                "data/rows.jsonl",
                "{\"a\":1}\n",
                "book.xlsx",
                Office.workbook("S", List.of(List.of("a", "b"), List.of("2", "3"))),
                "picture.png",
                picture(),
                "__MACOSX/._rows.jsonl",
                "clutter",
                "gbk.csv",
                "问,答\n你好,谢谢您\n".getBytes(Charset.forName("GBK")));
        DataFile file = Reading.file(folder, "all.zip", zip);

        assertThat(Reading.json(file))
                .containsExactly("{\"a\":1}", "{\"a\":\"2\",\"b\":\"3\"}", "{\"问\":\"你好\",\"答\":\"谢谢您\"}");
        assertThat(Reading.all(file))
                .extracting(item -> item.place().within())
                .containsExactly("data/rows.jsonl", "book.xlsx › S", "picture.png", "gbk.csv");
        assertThat(Reading.unreadable(file)).extracting(LeftOut::code).containsExactly("file_in_archive_skipped");
        assertThat(folder.resolve("scratch")).isEmptyDirectory();
    }

    @Test
    void aPackedWorkbookIsWrittenAsideAndTakenAway() throws IOException {
        byte[] book = Office.workbook("S", List.of(List.of("a", "b"), List.of("2", "3")));
        DataFile file = Reading.file(folder, "book.xlsx.gz", Reading.packed(book, GZIPOutputStream::new));

        try (Records records = file.open()) {
            assertThat(records.next()).isNotNull();
            assertThat(folder.resolve("scratch")).isNotEmptyDirectory();
        }
        assertThat(folder.resolve("scratch")).isEmptyDirectory();
    }

    private static byte[] picture() {
        byte[] bytes = new byte[500];
        new Random(1).nextBytes(bytes);
        System.arraycopy(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10}, 0, bytes, 0, 8);
        return bytes;
    }

    private static ReadSettings sheets(String name) {
        return new ReadSettings(null, null, null, null, null, List.of(name));
    }
}
