package dev.temper.data.row;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.JsonNodeFactory;

class CanonicalJsonTest {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Place PLACE = new Place("rows.xlsx", "Sheet 2", 7, null);

    static List<Row> rows() {
        Row asked = Row.conversation(PLACE, List.of(Turn.system("简短回答"), Turn.user("你好"), Turn.assistant("您好!")));
        return List.of(
                asked,
                Row.text(Place.of("a.txt", 1), "plain"),
                Row.preference(PLACE, List.of(Turn.user("q")), Turn.assistant("better"), Turn.assistant("worse")),
                asked.withLabel(false).withWeight(0.25),
                asked.withTools(NODES.arrayNode().add("search"))
                        .withExtra(Map.of("chapter", NODES.stringNode("一"), "difficulty", NODES.numberNode(3))),
                Row.conversation(
                        PLACE,
                        List.of(
                                Turn.user("q"),
                                new Turn(Speaker.ASSISTANT, "", Map.of("tool_calls", NODES.arrayNode())),
                                new Turn(Speaker.TOOL, "42", Map.of("name", NODES.stringNode("sum"))))));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aRowComesBackAsItWas(Row row) {
        assertThat(CanonicalJson.read(CanonicalJson.write(row))).isEqualTo(row);
    }

    @Test
    void theSameRowIsTheSameText() {
        Row row = Row.text(PLACE, "t");
        Map<String, tools.jackson.databind.JsonNode> one = Map.of("b", NODES.numberNode(1), "a", NODES.numberNode(2));
        Map<String, tools.jackson.databind.JsonNode> other = Map.of("a", NODES.numberNode(2), "b", NODES.numberNode(1));

        assertThat(CanonicalJson.write(row.withExtra(one)))
                .isEqualTo(CanonicalJson.write(row.withExtra(other)))
                .isEqualTo("{\"text\":\"t\",\"meta\":{\"file\":\"rows.xlsx\",\"within\":\"Sheet 2\",\"line\":7,"
                        + "\"extra\":{\"a\":2,\"b\":1}}}");
    }
}
