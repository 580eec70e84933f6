package dev.temper.contract.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.temper.contract.CodedException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class LinkJsonTest {
    private static final String FAILED = """
            {"protocol": "1.0", "fence": 7, "lastSeq": 3, "result": "FAILED", "files": [],
             "failure": {"cause": "USER", "code": "data_empty", "message": "No rows.", "remedy": ""}}
            """;

    static Stream<LinkMessage> messages() {
        return Messages.all();
    }

    static Stream<WorkerEvent> events() {
        return Messages.events();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void whatIsWrittenIsReadBackTheSame(LinkMessage message) {
        byte[] json = LinkJson.write(message);

        assertThat(text(json)).startsWith("{\"protocol\":\"1.0\"");
        assertThat(LinkJson.read(json, message.getClass())).isEqualTo(message);
    }

    @Test
    void noMessageAndNoEventIsForgotten() {
        assertThat(kinds(Messages.all())).isEqualTo(Set.of(LinkMessage.class.getPermittedSubclasses()));
        assertThat(kinds(Messages.events())).isEqualTo(Set.of(WorkerEvent.class.getPermittedSubclasses()));
    }

    @ParameterizedTest
    @MethodSource("events")
    void anEventIsALine(WorkerEvent event) {
        String line = LinkJson.line(event);

        assertThat(line).containsOnlyOnce("\"type\":\"" + event.type() + "\"").doesNotContain("\n");
        assertThat(LinkJson.event(line)).isEqualTo(event);
    }

    @Test
    void anEventOfANewerVersionIsKeptWhole() {
        WorkerEvent event = LinkJson.event("{\"type\": \"gradient\", \"norm\": 2.5, \"layers\": [1, {\"a\": null}]}");

        assertThat(event).isInstanceOf(WorkerEvent.Other.class);
        assertThat(LinkJson.line(event))
                .contains("\"type\":\"gradient\"", "\"norm\":2.5", "\"layers\":[1,{\"a\":null}]");
    }

    @Test
    void fieldsOfANewerMinorVersionArePassedOver() {
        assertThat(read("{\"protocol\": \"1.9\", \"highest\": 3, \"lost\": true, \"later\": {\"x\": [1]}}"))
                .isEqualTo(new EventsHeld(3, true));
        assertThat(LinkJson.event("{\"type\": \"notice\", \"text\": \"x\", \"urgency\": 3}"))
                .isEqualTo(new WorkerEvent.Notice("x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.0", "0.9", "9999.0"})
    void anotherMajorVersionIsRefusedWhateverElseTheMessageHolds(String version) {
        CodedException e = refusal("{\"protocol\": \"" + version + "\", \"highest\": \"a new form\"}");

        assertThat(e.code()).isEqualTo("worker_protocol_unsupported");
        assertThat(e.getMessage()).contains("version " + version, "speaks 1.0");
        assertThat(e.details()).containsEntry("supported", "1.0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{",
                "{\"highest\": 1, \"lost\": false}",
                "{\"protocol\": null, \"highest\": 1, \"lost\": false}",
                "{\"protocol\": \"1\", \"highest\": 1, \"lost\": false}",
                "{\"protocol\": \"99999999999.0\", \"highest\": 1, \"lost\": false}",
                "{\"protocol\": \"1.0\", \"lost\": false}",
                "{\"protocol\": \"1.0\", \"highest\": null, \"lost\": false}",
                "{\"protocol\": \"1.0\", \"highest\": 1.5, \"lost\": false}",
                "{\"protocol\": \"1.0\", \"highest\": \"1\", \"lost\": false}",
                "{\"protocol\": \"1.0\", \"highest\": 99999999999999999999, \"lost\": false}",
                "{\"protocol\": \"1.0\", \"highest\": -1, \"lost\": false}",
                "{\"protocol\": \"1.0\", \"highest\": 1, \"highest\": 2, \"lost\": false}",
                "{\"protocol\": \"1.0\", \"highest\": 1, \"lost\": false} {}"
            })
    void whatIsNotAMessageIsRefused(String json) {
        assertThat(refusal(json).code()).isEqualTo("worker_message_invalid");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Outcome    | fence           | 0
            Outcome    | lastSeq         | -1
            Outcome    | files           | [{"path": "../x", "sha256": "%1$s", "size": 1}]
            Outcome    | files           | [{"path": "/etc/x", "sha256": "%1$s", "size": 1}]
            Outcome    | files           | [{"path": "a//b", "sha256": "%1$s", "size": 1}]
            Outcome    | files           | [{"path": "a\\\\b", "sha256": "%1$s", "size": 1}]
            Outcome    | files           | [{"path": "a\\u000ab", "sha256": "%1$s", "size": 1}]
            Outcome    | files           | [{"path": "a", "sha256": "ABC", "size": 1}]
            Outcome    | files           | [{"path": "a", "sha256": "%1$s", "size": -1}]
            Outcome    | files           | [null]
            Outcome    | result          | "WON"
            Outcome    | result          | 0
            Outcome    | result          | "SUCCEEDED"
            Outcome    | failure         | null
            Outcome    | failure         | {"cause": "USER", "code": "Bad code", "message": "", "remedy": ""}
            Outcome    | failure         | {"cause": "USER", "code": "x", "message": "\\u0000", "remedy": ""}
            EventBatch | firstSeq        | 0
            EventBatch | sentAt          | "soon"
            EventBatch | sentAt          | "+100000-01-01T00:00:00Z"
            EventBatch | events          | [{"at": "2026-01-01T00:00:00Z", "event": null}]
            EventBatch | events          | [{"at": "2026-01-01T00:00:00Z", "event": {"text": "no type"}}]
            EventBatch | events          | [{"at": "2026-01-01T00:00:00Z", "event": {"type": "notice"}}]
            Heartbeat  | diskFreeBytes   | -5
            Heartbeat  | waitMillis      | 30001
            Heartbeat  | telemetry       | [{"device": "cpu", "temperature": 1e300}]
            Heartbeat  | telemetry       | [{"device": "cpu", "watts": "NaN"}]
            Heartbeat  | telemetry       | [{"device": "<script>"}]
            """)
    void aWrongValueIsRefused(String type, String field, String value) {
        LinkMessage message = Messages.all()
                .filter(sort -> sort.getClass().getSimpleName().equals(type)
                        && !(sort instanceof Outcome outcome && outcome.failure() == null))
                .findFirst()
                .orElseThrow();
        String json = text(LinkJson.write(message));
        String replaced = with(json, field, value.formatted("ab".repeat(32)));

        assertThat(catchThrowableOfType(
                                CodedException.class,
                                () -> LinkJson.read(replaced.getBytes(StandardCharsets.UTF_8), message.getClass()))
                        .code())
                .isEqualTo("worker_message_invalid");
    }

    @Test
    void aRefusalNamesTheFieldAndWhatWouldDo() {
        CodedException e = catchThrowableOfType(
                CodedException.class,
                () -> LinkJson.read(
                        FAILED.replace("\"fence\": 7", "\"fence\": -7").getBytes(StandardCharsets.UTF_8),
                        Outcome.class));

        assertThat(e).hasMessage("The field fence of the message is -7.");
        assertThat(e.remedy()).isEqualTo("Send 1 or more.");
        assertThat(e.details()).containsEntry("field", "fence");
    }

    @Test
    void deepNestingIsRefused() {
        String deep = "[".repeat(100_000);

        assertThat(refusal("{\"protocol\": \"1.0\", \"x\": " + deep).code()).isEqualTo("worker_message_invalid");
    }

    @Test
    void moreThanABatchIsRefused() {
        TimedEvent event = new TimedEvent(Messages.AT, new WorkerEvent.Notice("x"));
        List<TimedEvent> many = Collections.nCopies(EventBatch.MAX_EVENTS + 1, event);

        assertThat(catchThrowableOfType(CodedException.class, () -> new EventBatch(1, Messages.AT, 1, many))
                        .details())
                .containsEntry("field", "events");
    }

    @Test
    void secretsStayOutOfLogs() {
        assertThat(Messages.all().limit(2).map(LinkMessage::toString))
                .noneMatch(text -> text.contains("token") || text.contains("credential"));
    }

    /** The message with another value in that field. */
    private static String with(String json, String field, String value) {
        ObjectNode message = (ObjectNode) LinkJson.document(json);
        message.set(field, LinkJson.document(value));
        return message.toString();
    }

    private static EventsHeld read(String json) {
        return LinkJson.read(json.getBytes(StandardCharsets.UTF_8), EventsHeld.class);
    }

    private static CodedException refusal(String json) {
        return catchThrowableOfType(CodedException.class, () -> read(json));
    }

    private static Set<Class<?>> kinds(Stream<?> values) {
        return values.map(Object::getClass).collect(Collectors.toSet());
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
