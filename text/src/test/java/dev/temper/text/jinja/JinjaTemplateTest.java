package dev.temper.text.jinja;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.temper.contract.CodedException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JinjaTemplateTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-03T05:06:07Z"), ZoneOffset.UTC);

    private static String render(String template) {
        return JinjaTemplate.compile(template)
                .render(Map.of("messages", List.of(Map.of("role", "user", "content", "hi"))), CLOCK);
    }

    @Test
    void generationBlocksSayWhatTheAssistantWrote() {
        Rendering rendering = JinjaTemplate.compile(
                        "{% for m in ['a', 'b'] %}Q{% generation %}{{ m }}!{% endgeneration %}{% endfor %}.")
                .trace(Map.of(), CLOCK);

        assertThat(rendering.text()).isEqualTo("Qa!Qb!.");
        assertThat(rendering.generated()).containsExactly(new Rendering.Span(1, 3), new Rendering.Span(4, 6));
    }

    @TestFactory
    @SuppressWarnings("unchecked")
    Stream<DynamicTest> rendersWhatPythonRenders() throws IOException {
        try (InputStream file = requireNonNull(getClass().getResourceAsStream("python.json"))) {
            JsonNode golden = JsonMapper.shared().readTree(file);
            Map<String, Object> variables = JsonMapper.shared().treeToValue(golden.path("variables"), Map.class);
            return golden.path("cases")
                    .valueStream()
                    .map(c -> DynamicTest.dynamicTest(c.path("template").stringValue(), () -> {
                        if (c.has("fails")) {
                            assertThatThrownBy(() -> JinjaTemplate.compile(
                                                    c.path("template").stringValue())
                                            .render(variables, CLOCK))
                                    .isInstanceOf(CodedException.class);
                        } else {
                            assertThat(JinjaTemplate.compile(c.path("template").stringValue())
                                            .render(variables, CLOCK))
                                    .isEqualTo(c.path("text").stringValue());
                        }
                    }));
        }
    }

    @Test
    void datesComeFromTheClock() {
        assertThat(render("{{ strftime_now('%d %b %Y, %-d %B %A %H:%M') }}"))
                .isEqualTo("03 Nov 2026, 3 November Tuesday 05:06");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% for i in range(100000) %}{% for j in range(100000) %}{% endfor %}{% endfor %}",
                "{% set ns = namespace(s='x') %}{% for i in range(60) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}{{ ns.s }}",
                "{{ 'a' * 999999999999 }}",
                "{{ ['a'] * 999999999999 }}",
                "{{ range(9999999999) }}",
                "{{ 2 ** 9999 }}",
                "{{ 'a'.ljust(999999999) }}",
                "{{ 'a'|center(999999999) }}",
                "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
                "{% for i in [[1]] recursive %}{{ loop([[1]]) }}{% endfor %}",
                "{% set ns = namespace(s='aaaaaaaaaa') %}{% for i in range(12) %}{% set ns.s = ns.s|replace('a', ns.s) %}"
                        + "{% endfor %}",
            })
    void runawayTemplatesAreStopped(String template) {
        assertThatThrownBy(() -> render(template))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo("chat_template_limit"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ ''.__class__ }}",
                "{{ messages.__len__() }}",
                "{{ ''['__class__'].x }}",
                "{{ messages.getClass().forName('java.lang.Runtime') }}",
                "{{ messages.append('x') }}",
                "{{ messages[0].update({'role': 'system'}) }}",
                "{{ missing.attribute }}",
                "{{ missing() }}",
                "{{ 1 + 'a' }}",
                "{{ 1 < 'a' }}",
                "{{ none|length }}",
                "{{ missing|tojson }}",
                "{{ 1 / 0 }}",
                "{{ 'x'|nofilter }}",
                "{{ 'x' is notest }}",
                "{% for x in none %}{% endfor %}",
                "{% set a, b = [1] %}",
                "{% set messages.x = 1 %}",
            })
    void whatPythonRefusesFails(String template) {
        assertThatThrownBy(() -> render(template))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo("chat_template_failed"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% if x %}",
                "{% endif %}",
                "{{ 'a }}",
                "{{ a b }}",
                "{{ (1 }}",
                "{# never closed",
                "{% include 'file' %}",
                "{% import 'os' as os %}",
                "{% break %}",
                "{{ a ? b }}",
                "{% for x %}{% endfor %}",
                "{{",
                "{% raw %}",
                "{{ 99999999999999999999999 }}",
            })
    void whatIsNoTemplateIsRefused(String template) {
        assertThatThrownBy(() -> JinjaTemplate.compile(template))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo("chat_template_syntax"));
    }

    @Test
    void deepNestingIsRefusedBeforeTheStackEnds() {
        for (String template : List.of(
                "{{ " + "(".repeat(20000) + "1" + ")".repeat(20000) + " }}",
                "{{ " + "not ".repeat(20000) + "1 }}",
                "{{ " + "-".repeat(20000) + "1 }}",
                "{% if 1 %}".repeat(20000) + "{% endif %}".repeat(20000))) {
            assertThatThrownBy(() -> JinjaTemplate.compile(template)).isInstanceOf(CodedException.class);
        }
    }
}
