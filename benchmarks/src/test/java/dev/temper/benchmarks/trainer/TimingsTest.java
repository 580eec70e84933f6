package dev.temper.benchmarks.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.temper.benchmarks.trainer.OwnTraining.Step;
import dev.temper.benchmarks.trainer.OwnTraining.Timings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimingsTest {
    private static final Step WARM_UP = new Step(9, 100, 3, 0);
    private static final Step CLEAN = new Step(1, 300, 2, 0.01);
    private static final Step DISTURBED = new Step(5, 300, 1, 0.5);

    @Test
    void warmUpAndDisturbedStepsDoNotCount() {
        Measured measured = timings(WARM_UP, WARM_UP, CLEAN, DISTURBED, CLEAN).measured(Case.parse("lora/fp32/temper"));

        assertThat(measured.tokensPerSecond()).isEqualTo(300);
        assertThat(measured.cleanSteps()).isEqualTo(2);
        assertThat(measured.steps()).isEqualTo(3);
        assertThat(measured.losses()).containsExactly(3.0, 3.0, 2.0, 1.0, 2.0);
    }

    @Test
    void whereNoStepWasCleanAllCountAndTheCountSaysSo() {
        Measured measured = timings(WARM_UP, WARM_UP, DISTURBED).measured(Case.parse("full/bf16/temper"));

        assertThat(measured.tokensPerSecond()).isEqualTo(60);
        assertThat(measured.cleanSteps()).isZero();
    }

    @Test
    void aRunWithTheCacheCountsWhole() {
        Measured measured = timings(WARM_UP, CLEAN, CLEAN).measured(Case.parse("partial-cached/fp32/temper"));

        assertThat(measured.tokensPerSecond()).isCloseTo(700 / 11.0, within(1e-9));
    }

    @Test
    void whatWasMeasuredLaterReplacesWhatWasMeasuredBefore(@TempDir Path folder) throws IOException {
        MeasuredFile kept = new MeasuredFile(folder.resolve("deep/measured.jsonl"));
        kept.add(timings(WARM_UP, WARM_UP, DISTURBED).measured(Case.parse("lora/fp32/temper")));
        kept.add(timings(WARM_UP, WARM_UP, CLEAN).measured(Case.parse("lora/fp32/temper")));
        kept.add(timings(WARM_UP, WARM_UP, CLEAN).measured(Case.parse("lora/bf16/temper")));

        assertThat(new MeasuredFile(folder.resolve("deep/measured.jsonl")).all().values())
                .extracting(Measured::what, Measured::tokensPerSecond)
                .containsExactly(tuple("lora fp32, temper", 300.0), tuple("lora bf16, temper", 300.0));
    }

    @Test
    void aCaseThatIsNoneIsRefused() {
        assertThat(Case.parse("lora/bf16/peer-best")).isEqualTo(new Case(Method.LORA, "bf16", Who.PEER_BEST));
        assertThatThrownBy(() -> Case.parse("lora/fp32")).hasMessageContaining("method/precision/who");
    }

    @Test
    void thePackedPeerIsComparedWithStepsOfItsSize() {
        assertThat(Case.parse("full/bf16/temper-packed").who()).isEqualTo(Who.PEER_BEST.counterpart());
        assertThat(Who.PEER_DEFAULT.counterpart()).isEqualTo(Who.TEMPER);
    }

    private static Timings timings(Step... steps) {
        return new Timings(1, List.of(steps), 1 << 20, 400, 2000, 0.5);
    }
}
