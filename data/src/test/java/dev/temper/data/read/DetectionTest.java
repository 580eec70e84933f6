package dev.temper.data.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DetectionTest {
    private static final String CHINESE = "问题,答案,章节\n如何退货?,七天内可以无理由退货。,售后\n发票怎么开?,下单时填写抬头。,财务\n几天能到?,三天。,物流\n";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "rows.json|[{\"a\":1},{\"a\":2}]|json",
                "rows|[{\"a\":1}]|json",
                "rows.txt|{\"a\":1}\\n{\"a\":2}|jsonl",
                "one.json|{\"messages\":[{\"role\":\"user\",\"content\":\"q\"}]}|jsonl",
                "nested.json|{\"version\":1,\"data\":[{\"a\":1}]}|json",
                "pretty.json|{\\n  \"a\": 1\\n}\\n{\\n  \"a\": 2\\n}|json",
                "rows.csv|q,a\\n1,2|csv",
                "rows.txt|q\\ta\\nx\\ty\\nz\\tw|tsv",
                "rows|question;answer\\nx;y\\nz;w|csv",
                "notes.txt|Well, then.\\nHello, you.\\nOnce, more.|text",
                "note.txt|[1] A reference, and more.\\n[2] Another.|text",
                "notes.md|# Title\\n\\nText, more text.\\nText, again.|markdown",
            })
    void theContentDecides(String name, String content, String format) throws IOException {
        DataFile file = Reading.file(folder, name, content.replace("\\n", "\n").replace("\\t", "\t"));

        assertThat(file.detect().format().id()).isEqualTo(format);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "GBK", "GB18030", "GB2312", "UTF-16LE", "UTF-16BE", "UTF-16"})
    void chineseIsReadInEveryEncodingItComesIn(String encoding) throws IOException {
        DataFile file = Reading.file(folder, "rows.csv", CHINESE, Charset.forName(encoding));

        assertThat(Reading.json(file)).element(0).isEqualTo("{\"问题\":\"如何退货?\",\"答案\":\"七天内可以无理由退货。\",\"章节\":\"售后\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "Big5,繁體中文的顧客服務問題與回答，請您稍候我們將盡快為您處理訂單的退貨事宜",
        "Shift_JIS,お客様のご質問にお答えします。商品の返品は七日以内にお願いいたします。",
        "EUC-KR,고객님의 질문에 답변해 드립니다. 반품은 칠일 이내에 가능합니다. 감사합니다.",
        "windows-1252,Où est passée ma commande? Elle a été expédiée à l'adresse précédente."
    })
    void otherEncodingsAreGuessed(String encoding, String sentence) throws IOException {
        DataFile file = Reading.file(folder, "notes.txt", (sentence + "\n").repeat(20), Charset.forName(encoding));

        assertThat(Reading.values(file).getFirst().get("text").stringValue()).startsWith(sentence);
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstName() throws IOException {
        DataFile file = Reading.file(folder, "rows.csv", "\uFEFF" + CHINESE);

        assertThat(Reading.values(file).getFirst().has("问题")).isTrue();
    }

    @Test
    void chineseFarDownAnEnglishFileIsStillSeen() throws IOException {
        String english = "question,answer\n" + "How long does it take?,Three days.\n".repeat(20_000);
        DataFile file =
                Reading.file(folder, "rows.csv", english + "几天能到?,三天就到了,\n".replace("了,", "了"), Encodings.GB18030);

        assertThat(file.detect().charset()).isEqualTo(Encodings.GB18030);
        assertThat(Reading.values(file).getLast().get("answer").stringValue()).isEqualTo("三天就到了");
    }

    @Test
    void packedFilesAreReadAsWhatIsInside() throws IOException {
        byte[] rows = "{\"a\":1}\n{\"a\":2}\n".getBytes(StandardCharsets.UTF_8);
        DataFile gzip = Reading.file(folder, "rows.jsonl.gz", Reading.packed(rows, GZIPOutputStream::new));
        DataFile zstd = Reading.file(folder, "rows.zst", Reading.packed(rows, ZstdOutputStream::new));

        assertThat(gzip.detect().compression()).isEqualTo(Compression.GZIP);
        assertThat(Reading.json(gzip)).containsExactly("{\"a\":1}", "{\"a\":2}");
        assertThat(zstd.detect().compression()).isEqualTo(Compression.ZSTD);
        assertThat(Reading.json(zstd)).containsExactly("{\"a\":1}", "{\"a\":2}");
    }

    @Test
    void whatSomebodyKnowsBetterIsDone() throws IOException {
        DataFile file = Reading.file(folder, "rows.csv", "q|a\n1|2\n");
        ReadSettings noHeader = new ReadSettings(null, "UTF-8", '|', false, null, List.of());

        assertThat(Reading.json(file.with(noHeader)))
                .containsExactly("{\"column 1\":\"q\",\"column 2\":\"a\"}", "{\"column 1\":\"1\",\"column 2\":\"2\"}");
    }

    @Test
    void readingGoesOnWhereItStopped() throws IOException {
        DataFile file = Reading.file(folder, "rows.jsonl", "{\"a\":1}\nbroken\n{\"a\":3}\n{\"a\":4}\n");

        try (Records first = file.open();
                Records again = file.open(2)) {
            first.next();
            first.next();
            assertThat(again.position()).isEqualTo(first.position());
            assertThat(again.next()).isEqualTo(first.next());
            assertThat(again.next()).isEqualTo(first.next());
            assertThat(again.next()).isNull();
            assertThat(again.progress()).isEqualTo(1);
        }
    }
}
