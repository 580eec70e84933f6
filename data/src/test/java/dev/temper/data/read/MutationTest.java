package dev.temper.data.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import dev.temper.contract.CodedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files damaged at random, by a seed: whatever is read of them, it ends, with rows or with a code, and leaves nothing
 * behind. {@code -Dtemper.mutations=20000} makes it more thorough.
 */
class MutationTest {
    private static final int COUNT = Integer.getInteger("temper.mutations", 1200);
    private static final Limits SMALL = new Limits(10_000, 50, 4 << 20, 200, 20, 1 << 20);
    private static final String TABLE = "题目,选项A,选项B,答案\n" + "\"首都,\n是?\",上海,北京,B\n".repeat(20);

    @TempDir
    Path folder;

    static Stream<Named<byte[]>> files() throws IOException {
        byte[] json = ("["
                        + "{\"instruction\":\"问\",\"input\":\"\",\"output\":\"答\\u00e9\",\"n\":[1.5,true,null]},"
                                .repeat(20)
                        + "{}]")
                .getBytes(StandardCharsets.UTF_8);
        byte[] lines = "{\"messages\":[{\"role\":\"user\",\"content\":\"你好\"}]}\n"
                .repeat(20)
                .getBytes(StandardCharsets.UTF_8);
        byte[] book = Office.workbook("S", List.of(List.of("q", "a"), List.of("x", 2), List.of(true, "y")));
        byte[] docx = Office.docx("Title", "#0:One?", "#1:yes", "Answer: A");
        return Stream.of(
                Named.of("rows.json", json),
                Named.of("rows.jsonl", lines),
                Named.of("rows.csv", TABLE.getBytes(StandardCharsets.UTF_8)),
                Named.of("gbk.csv", TABLE.getBytes(Charset.forName("GBK"))),
                Named.of("wide.csv", TABLE.getBytes(StandardCharsets.UTF_16)),
                Named.of("rows.txt", "1. One?\nA. yes\n答案:A\n\n".repeat(20).getBytes(StandardCharsets.UTF_8)),
                Named.of(
                        "page.html",
                        ("<html><body>" + "<p>a<b>b</b><td>c".repeat(20)).getBytes(StandardCharsets.UTF_8)),
                Named.of("rows.gz", Reading.packed(lines, GZIPOutputStream::new)),
                Named.of("rows.zst", Reading.packed(lines, ZstdOutputStream::new)),
                Named.of("book.xlsx", book),
                Named.of("exam.docx", docx),
                Named.of("paper.pdf", Office.pdf(null, "1. One?\nA. yes", "Two")),
                Named.of("snappy.parquet", parquet("snappy")),
                Named.of("zstd.parquet", parquet("zstd")),
                Named.of("all.zip", Reading.zip("rows.jsonl", lines, "book.xlsx", book, "exam.docx", docx)));
    }

    @ParameterizedTest
    @MethodSource("files")
    void damageEndsInRowsOrInACode(byte[] whole) throws IOException {
        for (int seed = 0; seed < COUNT; seed++) {
            byte[] damaged =
                    damaged(whole, RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
            try {
                Reading.all(Reading.file(folder, "given", damaged).with(SMALL));
            } catch (CodedException told) {
                assertThat(told.code()).as("seed " + seed).isNotBlank();
            } catch (RuntimeException | IOException | Error escaped) {
                throw new AssertionError("seed " + seed, escaped);
            }
            assertThat(folder.resolve("scratch").toFile().list())
                    .as("seed " + seed)
                    .isEmpty();
        }
    }

    private static byte[] damaged(byte[] whole, RandomGenerator random) {
        byte[] bytes = whole.clone();
        for (int times = 1 + random.nextInt(4); times > 0 && bytes.length > 8; times--) {
            int at = random.nextInt(bytes.length);
            int length = 1 + random.nextInt(Math.min(64, bytes.length - at));
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes = Arrays.copyOf(bytes, at);
                case 3 -> bytes = joined(Arrays.copyOf(bytes, at), bytes, at + length);
                default -> bytes = joined(Arrays.copyOf(bytes, at + length), bytes, at);
            }
        }
        return bytes;
    }

    private static byte[] joined(byte[] head, byte[] tail, int from) {
        byte[] joined = Arrays.copyOf(head, head.length + tail.length - from);
        System.arraycopy(tail, from, joined, head.length, tail.length - from);
        return joined;
    }

    private static byte[] parquet(String compression) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(MutationTest.class.getResourceAsStream(compression + ".parquet"))) {
            return in.readAllBytes();
        }
    }
}
