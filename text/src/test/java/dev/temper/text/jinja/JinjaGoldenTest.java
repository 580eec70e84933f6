package dev.temper.text.jinja;

import dev.temper.contract.CodedException;
import dev.temper.text.Goldens;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Text and refusals equal those of Python's Jinja as transformers sets it up. */
class JinjaGoldenTest {
    @TestFactory
    Stream<DynamicTest> everyTemplate() {
        return Goldens.files("templates").stream()
                .map(Goldens::read)
                .filter(golden -> golden.has("chats"))
                .flatMap(golden -> golden.path("templates").properties().stream()
                        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> run(golden, e.getValue()))));
    }

    private static void run(JsonNode golden, JsonNode template) {
        JinjaTemplate compiled = JinjaTemplate.compile(template.path("template").stringValue());
        SoftAssertions softly = new SoftAssertions();
        for (JsonNode render : template.path("renders")) {
            String name = render.path("chat").stringValue() + " " + render.path("arguments");
            Map<String, Object> variables = map(golden.path("variables"));
            variables.put(
                    "messages",
                    object(golden.path("chats").path(render.path("chat").stringValue())));
            variables.putAll(map(render.path("arguments")));
            if (render.has("error")) {
                softly.assertThatThrownBy(() -> compiled.render(variables, Clock.systemUTC()))
                        .as(name)
                        .isInstanceOf(CodedException.class)
                        .hasMessageContaining(render.path("message").stringValue());
            } else {
                softly.assertThatCode(() -> softly.assertThat(compiled.render(variables, Clock.systemUTC()))
                                .as(name)
                                .isEqualTo(render.path("text").stringValue()))
                        .as(name)
                        .doesNotThrowAnyException();
            }
        }
        softly.assertAll();
    }

    private static Object object(JsonNode node) {
        return JsonMapper.shared().treeToValue(node, Object.class);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(JsonNode node) {
        return new HashMap<>((Map<String, Object>) object(node));
    }
}
