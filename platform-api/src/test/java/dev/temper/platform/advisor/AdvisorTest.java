package dev.temper.platform.advisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.temper.contract.RunSpec;
import dev.temper.contract.RunSpecJson;
import dev.temper.platform.common.ErrorTexts;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class AdvisorTest {
    private static final Situation.Model SMALL = new Situation.Model(135_000_000, 30, 8192);
    private static final Situation.Machine CARD = new Situation.Machine(true, 80L << 30);

    @ParameterizedTest
    @CsvSource({
        "lora, 500, method.rank, 8",
        "lora, 20000, method.rank, 16",
        "lora, 500000, method.rank, 32",
        "lora, 500, method.alpha, 16",
        "lora, 500, method.dropout, 0.3",
        "lora, 20000, method.dropout, 0.05",
        "lora, 500, optimiser.learningRate, 1.0E-4",
        "full, 500, optimiser.learningRate, 2.0E-5",
        "partial, 500, optimiser.learningRate, 5.0E-5",
        "partial, 500, method.freezeTrainableLayers, 10",
        "lora, 500, schedule.numTrainEpochs, 5",
        "lora, 20000, schedule.numTrainEpochs, 3",
        "full, 3000000, schedule.numTrainEpochs, 5",
        "lora, 20000, batch.perDeviceTrainBatchSize, 2",
        "lora, 20000, batch.gradientAccumulationSteps, 8",
        "lora, 500, evaluation.earlyStoppingPatience, 2",
        "lora, 20000, data.cutoffLen, 704",
        "lora, 20000, compute.precision, bf16",
    })
    void theAdviceIsTheProducts(String method, long rows, String setting, String value) {
        assertThat(advice(method, rows, CARD))
                .filteredOn(one -> one.setting().equals(setting))
                .extracting(one -> one.value().toString())
                .containsExactly(value);
    }

    @Test
    void whereMemoryIsShortAStepIsMadeOfSmallerBatches() {
        List<Advice> advice = advice("lora", 20_000, new Situation.Machine(false, 8L << 30));

        assertThat(advice)
                .filteredOn(one -> one.setting().startsWith("batch."))
                .extracting(Advice::value)
                .containsExactly(1L, 16L);
    }

    @Test
    void aValueThatLeavesItsRangeIsWarnedOf() {
        RunSpec spec = spec("{\"method\":{\"type\":\"full\"},\"optimiser\":{\"learningRate\":5e-3}}");

        List<Warning> warnings = Advisor.warn(new Situation(spec, new Situation.Rows(500, 700), SMALL, CARD));

        assertThat(warnings)
                .extracting(one -> AdviceTexts.of(one, Locale.ENGLISH))
                .contains("0.005 leaves what is usual here: 1e-6 to 5e-5.")
                .anyMatch(text -> text.startsWith("Full training needs much data, and there are 500 rows."));
    }

    @Test
    void aRunOfAFewStepsIsWarnedOf() {
        Situation.Rows rows = new Situation.Rows(100, 700);
        RunSpec capped = spec("{\"method\":{\"type\":\"lora\"},\"schedule\":{\"maxSteps\":9}}");
        RunSpec longer = spec("{\"method\":{\"type\":\"lora\"},\"schedule\":{\"maxSteps\":10}}");

        assertThat(Advisor.warn(new Situation(capped, rows, SMALL, CARD)))
                .extracting(Warning::setting, Warning::code)
                .contains(tuple("schedule.maxSteps", "few_steps"));
        assertThat(Advisor.warn(new Situation(longer, rows, SMALL, CARD)))
                .extracting(Warning::code)
                .doesNotContain("few_steps");
    }

    @Test
    void bothLanguagesHaveTheSameWords() {
        assertThat(ErrorTexts.bundle("advice", Locale.SIMPLIFIED_CHINESE).keySet())
                .isEqualTo(ErrorTexts.bundle("advice", Locale.ENGLISH).keySet());
        assertThat(advice("partial", 500, CARD))
                .extracting(one -> AdviceTexts.of(one, Locale.SIMPLIFIED_CHINESE))
                .contains("冻结底部 20 层（共 30 层），保留模型的语言能力。");
    }

    @Test
    void stepsAreCountedAsTheTrainerCounts() {
        RunSpec spec = spec("{\"data\":{\"valSize\":0.1},\"schedule\":{\"numTrainEpochs\":3}}");

        assertThat(Workload.of(spec, 100, 10_000)).isEqualTo(new Workload(90, 10, 18, 27_000));
    }

    @Test
    void answeringIsCountedByMomentsNotByPrompts() {
        String asked = "{\"data\":{\"valSize\":10},\"checkpoints\":{\"steps\":10},"
                + "\"evaluation\":{\"samples\":%d,\"sampleTokens\":50}}";
        Workload workload = new Workload(90, 10, 30, 27_000);

        // Before the first step, at each of three checkpoints, and at the end, where one is anyway.
        assertThat(Asking.tokens(spec(asked.formatted(3)), workload)).isEqualTo(4 * 50 * 20);
        assertThat(Asking.tokens(spec(asked.formatted(1)), workload)).isEqualTo(4 * 50 * 20);
        assertThat(Asking.tokens(spec(asked.formatted(0)), workload)).isZero();
    }

    private static List<Advice> advice(String method, long rows, Situation.Machine machine) {
        return Advisor.advise(new Situation(
                spec("{\"method\":{\"type\":\"" + method + "\"}}"), new Situation.Rows(rows, 700), SMALL, machine));
    }

    private static RunSpec spec(String settings) {
        ObjectNode spec = (ObjectNode) JsonMapper.shared().readTree(settings);
        spec.withObject("/model").put("path", "m");
        spec.withObject("/data").putArray("train").addObject().put("path", "d");
        return RunSpecJson.bind(spec);
    }
}
