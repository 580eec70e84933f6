package dev.temper.platform.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.temper.data.read.DataFile;
import dev.temper.data.row.Place;
import dev.temper.data.row.Row;
import dev.temper.data.row.RowKind;
import dev.temper.data.row.Speaker;
import dev.temper.data.row.Turn;
import dev.temper.data.shape.Outcome;
import dev.temper.data.shape.Proposal;
import dev.temper.data.shape.Recognition;
import dev.temper.data.shape.Rows;
import dev.temper.platform.PlatformTest;
import dev.temper.platform.blob.Blobs;
import dev.temper.platform.dataset.VersionWriter.Written;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.node.JsonNodeFactory;

@PlatformTest
class VersionFileTest {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    @Autowired
    private DuckDb duckDb;

    @Autowired
    private Blobs blobs;

    /** One of each kind, with everything a row can have. */
    private static final List<Row> ROWS = List.of(
            Row.conversation(
                    new Place("问答.xlsx", "表 1", 2, null),
                    List.of(Turn.system("简短'回答"), Turn.user("你好"), Turn.assistant("您好!\n有什么可以帮您?"))),
            Row.text(Place.of("a.txt", 1), "plain \"text\""),
            Row.preference(
                    Place.of("p.jsonl", 1), List.of(Turn.user("q")), Turn.assistant("yes"), Turn.assistant("no")),
            Row.conversation(Place.of("k.jsonl", 9), List.of(Turn.user("q"), Turn.assistant("Bad")))
                    .withLabel(false)
                    .withWeight(0.5)
                    .withExtra(Map.of("chapter", NODES.stringNode("一"), "n", NODES.numberNode(3))),
            Row.conversation(
                            Place.of("t.jsonl", 4),
                            List.of(
                                    Turn.user("sum"),
                                    new Turn(
                                            Speaker.ASSISTANT,
                                            "",
                                            Map.of(
                                                    "tool_calls",
                                                    NODES.arrayNode().add(1))),
                                    new Turn(Speaker.TOOL, "42", Map.of("name", NODES.stringNode("sum")))))
                    .withTools(NODES.arrayNode().add("sum")));

    @Test
    void everyRowComesBackAsItWas() {
        List<Row> back = new ArrayList<>();
        file(ROWS).each(back::add);

        assertThat(back).isEqualTo(ROWS);
    }

    /** What leaves as Parquet is this file; anybody may bring it back. */
    @Test
    void theFileItselfComesInAgainWithoutLoss(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("faq v1.parquet");
        try (VersionWriter writer = writer()) {
            ROWS.forEach(writer::add);
            Files.copy(writer.finish().parquet(), file);
        }
        DataFile brought = DataFile.of(file, "faq v1.parquet").with(folder);
        Proposal proposal = Recognition.of(brought);
        List<Row> back = new ArrayList<>();
        try (Rows rows = Rows.open(brought, proposal.mapping(), 0)) {
            for (Outcome outcome = rows.next(); outcome != null; outcome = rows.next()) {
                back.add(((Outcome.Kept) outcome).row());
            }
        }

        assertThat(proposal.isCertain()).isTrue();
        assertThat(back).isEqualTo(ROWS);
    }

    @Test
    void theSameRowsHaveTheSameAddress() {
        assertThat(hash(ROWS)).isEqualTo(hash(ROWS)).isNotEqualTo(hash(ROWS.reversed()));
    }

    @Test
    void pagesFollowOneAnotherInEveryOrder() {
        VersionFile file = file(IntStream.rangeClosed(1, 250)
                .mapToObj(i -> Row.text(Place.of("n.txt", i), "x".repeat(1 + i % 7)))
                .toList());

        for (RowOrder order : RowOrder.values()) {
            RowQuery query = new RowQuery(null, null, 1, order);
            List<NumberedRow> whole = file.page(query, null, 1000);
            List<NumberedRow> paged = new ArrayList<>(file.page(query, null, 60));
            while (paged.size() < 250) {
                paged.addAll(file.page(query, paged.getLast(), 60));
            }
            assertThat(paged).as(order.name()).isEqualTo(whole).hasSize(250);
        }
        assertThat(file.page(new RowQuery(null, null, 200, RowOrder.NUMBER), null, 1)
                        .getFirst()
                        .number())
                .isEqualTo(200);
    }

    @Test
    void rowsAreFoundByTheirWordsAndKind() {
        VersionFile file = file(ROWS);

        assertThat(numbers(file, new RowQuery("您好", null, 1, RowOrder.NUMBER))).containsExactly(1L);
        assertThat(numbers(file, new RowQuery("PLAIN", null, 1, RowOrder.NUMBER)))
                .containsExactly(2L);
        assertThat(numbers(file, new RowQuery("' or 1=1 --", null, 1, RowOrder.NUMBER)))
                .isEmpty();
        assertThat(numbers(file, new RowQuery(null, RowKind.PREFERENCE, 1, RowOrder.NUMBER)))
                .containsExactly(3L);
        assertThat(file.count(new RowQuery("q", null, 1, RowOrder.NUMBER))).isEqualTo(2);
    }

    @Test
    void statisticsCountWhatIsThere() {
        List<Row> rows = new ArrayList<>(ROWS);
        rows.add(ROWS.get(1));
        VersionStatistics statistics = file(rows).statistics();

        assertThat(statistics.rows()).isEqualTo(6);
        assertThat(statistics.turns()).isEqualTo(3 + 1 + 2 + 3);
        assertThat(statistics.repeated()).isEqualTo(1);
        assertThat(statistics.chinese()).isEqualTo(2);
        assertThat(statistics.kinds())
                .isEqualTo(Map.of("conversation", 2L, "text", 2L, "preference", 1L, "judged", 1L));
        assertThat(statistics.lengths().stream()
                        .mapToLong(VersionStatistics.Bucket::rows)
                        .sum())
                .isEqualTo(6);
        assertThat(statistics.maxCharacters()).isEqualTo(5 + 2 + 12);
    }

    @Test
    void aDiffTellsAddedRemovedAndChanged() {
        Row changed = Row.text(ROWS.get(1).place(), "other");
        Row added = Row.text(Place.of("z.txt", 1), "new");
        VersionFile old = file(ROWS);
        VersionFile now = file(List.of(ROWS.get(2), ROWS.get(0), changed, ROWS.get(4), added));

        Comparison comparison = new Comparison(duckDb, old, now);
        VersionDiff diff = comparison.counts();
        List<Comparison.Pair> pairs = comparison.pairs(null, Comparison.Pair.NONE, 10);

        assertThat(diff.added()).isEqualTo(1);
        assertThat(diff.removed()).isEqualTo(1);
        assertThat(diff.changed()).isEqualTo(1);
        assertThat(comparison.changes(pairs))
                .extracting(change ->
                        change.after() == null ? null : change.after().row().text())
                .containsExactlyInAnyOrder("other", null, "new");
        assertThat(comparison.pairs(null, pairs.getFirst(), 10)).isEqualTo(pairs.subList(1, 3));
        assertThat(comparison.pairs(VersionDiff.Kind.CHANGED, Comparison.Pair.NONE, 10))
                .hasSize(1);
        assertThat(new Comparison(duckDb, old, old).counts()).isEqualTo(new VersionDiff(0, 0, 0, List.of(), null));
    }

    @Test
    void aRewriteIsWhatWritingAllRowsAnewWouldBe() {
        VersionFile parent = file(ROWS);
        Row other = Row.conversation(ROWS.get(3).place(), List.of(Turn.user("q'"), Turn.assistant("Better")));
        Row news = Row.text(Place.of("", 0), "new");
        Path staging = blobs.folder().resolve("staging");
        Path kept = blobs.folder().resolve(UUID.randomUUID().toString());

        try (VersionRewrite rewrite = VersionRewrite.in(staging, duckDb, parent)) {
            Written written = rewrite.write(Map.of(4L, other), new TreeSet<>(List.of(1L, 3L)), List.of(news));
            Files.move(written.parquet(), kept, StandardCopyOption.ATOMIC_MOVE);
            List<Row> wanted = List.of(ROWS.get(1), other, ROWS.get(4), news);
            VersionFile made = new VersionFile(duckDb, kept);
            List<Row> back = new ArrayList<>();
            made.each(back::add);
            assertThat(back).isEqualTo(wanted);
            assertThat(numbers(made, RowQuery.ALL)).containsExactly(1L, 2L, 3L, 4L);
            assertThat(written.rows()).isEqualTo(4);
            assertThat(written.hash()).isEqualTo(hash(wanted));
            assertThat(made.statistics()).isEqualTo(file(wanted).statistics());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void rowsAreFoundByWhereTheyCameFromAndWhatIsWrongWithThem() {
        List<Row> rows = new ArrayList<>(ROWS);
        rows.add(Row.conversation(
                Place.of("m.csv", 1), List.of(Turn.user("mail?"), Turn.assistant("write to jo@example.org"))));
        rows.add(Row.conversation(Place.of("m.csv", 2), List.of(Turn.user("and then?"))));
        rows.add(Row.text(Place.of("m.csv", 3), "plain \"text\"").withExtra(Map.of("split", NODES.stringNode("test"))));
        VersionFile file = file(rows);

        assertThat(numbers(file, where("file", "m.csv"))).containsExactly(6L, 7L, 8L);
        assertThat(numbers(file, where("problem", "email"))).containsExactly(6L);
        assertThat(numbers(file, where("problem", "answer_missing"))).containsExactly(5L, 7L);
        assertThat(numbers(file, where("problem", RowQuery.ANY))).containsExactly(5L, 6L, 7L);
        assertThat(numbers(file, where("language", "zh"))).containsExactly(1L);
        assertThat(numbers(file, where("split", "test"))).containsExactly(8L);
        assertThat(numbers(file, where("split", RowQuery.NONE))).hasSize(7);
        assertThat(file.statistics().problems()).isEqualTo(Map.of("email", 1L, "answer_missing", 2L));
        assertThat(file.statistics().files()).containsEntry("m.csv", 3L);
        assertThat(numbers(file, new RowQuery(null, null, null, 9L, 13L, null, null, null, 1, RowOrder.NUMBER)))
                .containsExactly(2L, 7L, 8L);
    }

    private static RowQuery where(String what, String value) {
        return new RowQuery(
                null,
                null,
                what.equals("file") ? value : null,
                null,
                null,
                what.equals("language") ? value : null,
                what.equals("split") ? value : null,
                what.equals("problem") ? value : null,
                1,
                RowOrder.NUMBER);
    }

    @Test
    void aVersionWithoutRowsIsOneToo() {
        VersionFile file = file(List.of());

        assertThat(file.page(RowQuery.ALL, null, 10)).isEmpty();
        assertThat(file.statistics().rows()).isZero();
    }

    @Test
    void queriesReachNothingElse(@TempDir Path outside) throws IOException {
        Path secret = Files.writeString(outside.resolve("secret.csv"), "a\n1\n");

        assertThatThrownBy(() -> duckDb.list("select * from read_csv('" + secret + "')", List.of(), row -> 1))
                .hasStackTraceContaining("disabled by configuration");
        assertThatThrownBy(() -> duckDb.run("set enable_external_access = true"))
                .isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> duckDb.run("install httpfs")).isInstanceOf(RuntimeException.class);
    }

    private static List<Long> numbers(VersionFile file, RowQuery query) {
        return file.page(query, null, 100).stream().map(NumberedRow::number).toList();
    }

    private String hash(List<Row> rows) {
        try (VersionWriter writer = writer()) {
            rows.forEach(writer::add);
            return writer.finish().hash();
        }
    }

    private VersionFile file(List<Row> rows) {
        try (VersionWriter writer = writer()) {
            rows.forEach(writer::add);
            Written written = writer.finish();
            Path kept = blobs.folder().resolve(UUID.randomUUID().toString());
            Files.move(written.parquet(), kept, StandardCopyOption.ATOMIC_MOVE);
            return new VersionFile(duckDb, kept);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private VersionWriter writer() {
        return VersionWriter.in(blobs.folder().resolve("staging"), duckDb);
    }
}
