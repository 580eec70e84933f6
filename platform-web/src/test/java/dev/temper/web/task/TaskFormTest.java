package dev.temper.web.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.temper.platform.job.Curve.Point;
import dev.temper.web.task.Plot.Series;
import dev.temper.web.task.Plot.Tick;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.LinkedMultiValueMap;

class TaskFormTest {
    private static final String VERSION = "01900000-0000-7000-8000-000000000001";

    /** What was asked comes back the same from the form, settings without a field among it. */
    @Test
    void aTaskAsFormAsksForTheSame() {
        String asked = """
                {"name":"Trial","model":"m","data":[{"version":"%s","weight":2.0}],"settings":{"stage":"sft",\
                "method":{"type":"lora","useDora":true,"target":["q_proj"],"rank":4},\
                "evaluation":{"prompts":["Why?","How?"]},"optimiser":{"learningRate":1.0E-4}},"pool":"default","devices":2,"priority":50}""".formatted(VERSION);

        TaskForm form = TaskForm.of(asked);

        assertThat(form.get("rank")).isEqualTo("4");
        assertThat(form.get("learningRate")).isEqualTo("1e-4");
        assertThat(form.get("prompts")).isEqualTo("Why?\nHow?");
        assertThat(TaskForm.of(form.request().json())).isEqualTo(form);
        assertThat(form.settings().at("/method/useDora").asBoolean()).isTrue();
        assertThat(form.settings().at("/method/target/0").asString()).isEqualTo("q_proj");
    }

    @Test
    void whatStandsAsProposedFollowsTheAdvice() {
        var typed = new LinkedMultiValueMap<String, String>();
        typed.setAll(
                Map.of("rank", "8", "standard-rank", "8", "epochs", "2", "standard-epochs", "3", "method", "lora"));

        TaskForm form = Typed.over(new TaskForm(Map.of("rank", "16")), Step.PARAMETERS, typed);

        assertThat(form.values()).isEqualTo(Map.of("epochs", "2", "method", "lora"));
    }

    @ParameterizedTest
    @CsvSource({"0.0001, 1e-4", "0.00025, 2.5e-4", "1.23456, 1.235", "16, 16", "12345.6, '12,346'", "0, 0"})
    void numbersAreShownAsPeopleWriteThem(double value, String shown) {
        assertThat(Figures.shown(value)).isEqualTo(shown);
    }

    @Test
    void linesAcrossHaveRoundValuesAroundAllPoints() {
        Plot plot =
                Plot.of("loss", List.of(new Series("a", 0, List.of(new Point(1, 1.13), new Point(100, 2.87)))), 200);

        assertThat(plot.heights()).extracting(Tick::label).containsExactly("3", "2.5", "2", "1.5", "1");
        assertThat(plot.steps()).extracting(Tick::label).containsExactly("0", "50", "100", "150", "200");
        assertThat(plot.lines().getFirst().points()).isEqualTo("3.0,187.0 300.0,13.0");
    }
}
