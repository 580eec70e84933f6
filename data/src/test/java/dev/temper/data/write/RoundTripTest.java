package dev.temper.data.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.temper.data.read.DataFile;
import dev.temper.data.row.CanonicalJson;
import dev.temper.data.row.Place;
import dev.temper.data.row.Row;
import dev.temper.data.row.Speaker;
import dev.temper.data.row.Turn;
import dev.temper.data.shape.Mapping;
import dev.temper.data.shape.Outcome;
import dev.temper.data.shape.Recognition;
import dev.temper.data.shape.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What is written and read again is what it was, whatever the rows hold. */
class RoundTripTest {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Place PLACE = Place.of("given.csv", 3);
    private static final List<String> TEXTS = List.of(
            "plain",
            "你好,世界",
            "=cmd|' /C calc'!A0",
            "'=quoted already",
            "+1",
            "-2",
            "@x",
            "\ttab",
            "line 1\nline 2",
            "carriage\r\nreturn",
            "a \"quoted\" word, and more",
            " spaces around ",
            "{\"json\": 1}",
            "[1]",
            "😀",
            "'",
            "''",
            "sep=;",
            "1.50",
            "true",
            "<script>alert(1)</script>");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(ExportFormat.class)
    void nothingIsLost(ExportFormat format) throws IOException {
        for (int seed = 0; seed < 40; seed++) {
            List<Row> rows = rows(RandomGeneratorFactory.of("L64X128MixRandom").create(seed));

            List<Row> back = readAgain(format, rows);

            assertThat(contents(back)).as("seed " + seed).isEqualTo(contents(rows));
        }
    }

    @ParameterizedTest
    @EnumSource(ExportFormat.class)
    void noRowsAreAFileToo(ExportFormat format) throws IOException {
        Path path = folder.resolve("empty." + format.extension());

        RowWriter.open(format, Files.newOutputStream(path)).close();

        assertThat(Files.readString(path)).isIn("[]\n", "", "\uFEFFinstruction,output,extra,row\r\n");
    }

    @Test
    void noCellBeginsAsAFormula() throws IOException {
        Path path = folder.resolve("rows.csv");
        try (RowWriter writer = RowWriter.open(ExportFormat.CSV, Files.newOutputStream(path))) {
            for (String text : TEXTS) {
                writer.write(Row.conversation(PLACE, List.of(Turn.user(text), Turn.assistant(text)))
                        .withExtra(Map.of("=HYPERLINK(1)", NODES.stringNode(text))));
            }
        }

        assertThat(Files.readString(path).split("[,\n]")).noneMatch(cell -> cell.matches("\"?[=+@-].*"));
    }

    private List<Row> readAgain(ExportFormat format, List<Row> rows) throws IOException {
        Path path = folder.resolve("rows." + format.extension());
        try (RowWriter writer = RowWriter.open(format, Files.newOutputStream(path))) {
            for (Row row : rows) {
                writer.write(row);
            }
        }
        DataFile file = DataFile.of(path, path.getFileName().toString());
        Mapping mapping = Recognition.of(file).mapping();
        List<Row> back = new ArrayList<>();
        try (Rows all = Rows.open(file, mapping, 0)) {
            for (Outcome outcome = all.next(); outcome != null; outcome = all.next()) {
                assertThat(outcome).isInstanceOf(Outcome.Kept.class);
                back.add(((Outcome.Kept) outcome).row());
            }
        }
        return back;
    }

    private static List<String> contents(List<Row> rows) {
        return rows.stream()
                .map(row -> {
                    var node = CanonicalJson.node(row);
                    node.withObjectProperty("meta").remove(List.of("file", "line", "within"));
                    return node.toString();
                })
                .toList();
    }

    /** A first row of each kind, so that the file is recognised, and then anything. */
    private static List<Row> rows(RandomGenerator random) {
        List<Row> rows = new ArrayList<>();
        rows.add(Row.conversation(PLACE, List.of(Turn.user("q"), Turn.assistant("a"))));
        for (int i = 0; i < 12; i++) {
            rows.add(row(random));
        }
        return rows;
    }

    private static Row row(RandomGenerator random) {
        Row row = switch (random.nextInt(4)) {
            case 0 -> Row.text(PLACE, text(random));
            case 1 -> Row.preference(PLACE, asked(random), answer(random), answer(random));
            case 2 -> Row.conversation(PLACE, answered(random)).withLabel(random.nextBoolean());
            default -> Row.conversation(PLACE, answered(random));
        };
        if (random.nextInt(4) == 0) {
            row = row.withWeight(random.nextInt(8) / 4.0);
        }
        if (random.nextInt(4) == 0 && row.text() == null) {
            row = row.withTools(NODES.arrayNode().add(NODES.objectNode().put("name", "sum")));
        }
        return row.withExtra(extra(random));
    }

    private static List<Turn> asked(RandomGenerator random) {
        List<Turn> turns = new ArrayList<>();
        if (random.nextBoolean()) {
            turns.add(Turn.system(text(random)));
        }
        for (int pairs = random.nextInt(3); pairs > 0; pairs--) {
            turns.add(Turn.user(text(random)));
            turns.add(answer(random));
            if (random.nextInt(5) == 0) {
                turns.add(called());
                turns.add(new Turn(Speaker.TOOL, text(random), Map.of("name", NODES.stringNode("sum"))));
                turns.add(answer(random));
            }
        }
        turns.add(Turn.user(text(random)));
        return turns;
    }

    private static List<Turn> answered(RandomGenerator random) {
        List<Turn> turns = asked(random);
        turns.add(answer(random));
        return turns;
    }

    private static Turn answer(RandomGenerator random) {
        return random.nextInt(8) == 0
                ? new Turn(Speaker.ASSISTANT, text(random), Map.of("weight", NODES.numberNode(0)))
                : Turn.assistant(text(random));
    }

    private static Turn called() {
        var call = NODES.objectNode().put("type", "function");
        call.putObject("function").put("name", "sum").put("arguments", "{\"a\":1}");
        return new Turn(
                Speaker.ASSISTANT, "", Map.of("tool_calls", NODES.arrayNode().add(call)));
    }

    private static Map<String, JsonNode> extra(RandomGenerator random) {
        Map<String, JsonNode> extra = new LinkedHashMap<>();
        List<String> names = List.of("章节", "input", "extra", "meta", "难度", "messages", "=name", "row");
        for (int i = random.nextInt(3); i > 0; i--) {
            JsonNode value = switch (random.nextInt(4)) {
                case 0 -> NODES.numberNode(random.nextInt(100));
                case 1 -> NODES.stringNode("");
                case 2 -> NODES.arrayNode().add(text(random));
                default -> NODES.stringNode(text(random));
            };
            extra.put(names.get(random.nextInt(names.size())), value);
        }
        return extra;
    }

    private static String text(RandomGenerator random) {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }
}
