package dev.temper.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.temper.contract.DataFormat;
import dev.temper.contract.DataSource;
import dev.temper.contract.Stage;
import dev.temper.text.Conversation;
import dev.temper.text.Message;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RowMappingTest {
    private static final Conversation ASKED =
            new Conversation("s", List.of(Message.user("q\nmore"), Message.assistant("a")));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"instruction": "q", "input": "more", "output": "a", "system": "s"}
            {"conversations": [{"from": "system", "value": "s"}, {"from": "human", "value": "q\\nmore"}, {"from": "gpt", "value": "a"}]}
            {"messages": [{"role": "system", "content": "s"}, {"role": "user", "content": "q\\nmore"}, {"role": "assistant", "content": "a"}]}
            {"messages": [{"role": "developer", "content": "s"}, {"role": "user", "content": [{"type": "text", "text": "q\\n"}, {"type": "text", "text": "more"}]}, {"role": "assistant", "content": "a"}]}
            """)
    void tellsShapesApartAndReadsThemAlike(String row) {
        assertThat(map(DataSource.of("f"), row, false)).isEqualTo(new Mapped.Talk(ASKED));
    }

    @Test
    void readsHistoryBeforeTheQuestion() {
        String row = "{\"instruction\": \"q2\", \"output\": \"a2\", \"history\": [[\"q1\", \"a1\"]]}";

        assertThat(map(DataSource.of("f"), row, false))
                .isEqualTo(new Mapped.Talk(new Conversation(
                        "",
                        List.of(
                                Message.user("q1"),
                                Message.assistant("a1"),
                                Message.user("q2"),
                                Message.assistant("a2")))));
    }

    @Test
    void likeLlamaFactoryReadsOptionalColumnsOnlyWhereTheyAreMapped() {
        String row = "{\"instruction\": \"q\", \"input\": \"more\", \"output\": \"a\", \"system\": \"s\"}";

        assertThat(map(DataSource.of("f"), row, true))
                .isEqualTo(new Mapped.Talk(
                        new Conversation("", List.of(Message.user("q\nmore"), Message.assistant("a")))));
        DataSource mapped = new DataSource(
                "f",
                DataFormat.ALPACA,
                Map.of("prompt", "instruction", "response", "output", "system", "system"),
                Map.of(),
                0,
                1);
        assertThat(map(mapped, row, true))
                .isEqualTo(new Mapped.Talk(new Conversation("s", List.of(Message.user("q"), Message.assistant("a")))));
    }

    @Test
    void followsColumnsAndTags() {
        DataSource source = new DataSource(
                "f",
                DataFormat.SHAREGPT,
                Map.of("messages", "turns"),
                Map.of("role_tag", "who", "content_tag", "says", "user_tag", "me", "assistant_tag", "it"),
                0,
                1);

        assertThat(map(
                        source,
                        "{\"turns\": [{\"who\": \"me\", \"says\": \"q\"}, {\"who\": \"it\", \"says\": \"a\"}]}",
                        true))
                .isEqualTo(new Mapped.Talk(Conversation.of("q", "a")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"instruction": "q", "answer": "a"}      | COLUMN_MISSING
            {"instruction": null, "output": "a"}     | COLUMN_MISSING
            {"messages": [{"role": "user", "content": "q"}]} | ROLES_OUT_OF_ORDER
            {"messages": [{"role": "assistant", "content": "a"}]} | ROLES_OUT_OF_ORDER
            {"messages": []}                         | EMPTY
            {"messages": [{"role": "user", "content": "q"}, {"role": "tool", "content": "r"}]} | UNSUPPORTED_TURN
            {"messages": [{"role": "user", "content": "q"}, {"role": "assistant", "content": null}]} | UNSUPPORTED_TURN
            {"messages": [{"role": "user", "content": "q"}, {"role": "assistant", "content": "a", "weight": 0}]} | UNSUPPORTED_TURN
            {"messages": [{"role": "user", "content": [{"type": "image_url"}]}]} | UNSUPPORTED_TURN
            """)
    void saysWhyARowIsLeftOut(String row, Skip reason) {
        assertThat(map(DataSource.of("f"), row, false))
                .isInstanceOfSatisfying(
                        Mapped.Skipped.class,
                        skipped -> assertThat(skipped.reason()).isEqualTo(reason));
    }

    @Test
    void namesTheColumnsItFoundWhereTheShapeIsUnknown() {
        assertThatThrownBy(() -> map(DataSource.of("f"), "{\"question\": 1, \"answer\": 2}", false))
                .hasMessageContaining("question, answer");
    }

    @Test
    void readsTextForPretraining() {
        JsonNode row = json("{\"text\": \"once\"}");

        assertThat(RowMapping.of(DataSource.of("f"), row, Stage.PRETRAIN, false).map(row))
                .isEqualTo(new Mapped.Text("once"));
    }

    private static Mapped map(DataSource source, String row, boolean strict) {
        JsonNode node = json(row);
        return RowMapping.of(source, node, Stage.SFT, strict).map(node);
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
