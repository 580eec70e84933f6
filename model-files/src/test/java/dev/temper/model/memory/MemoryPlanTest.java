package dev.temper.model.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.temper.contract.BatchSpec;
import dev.temper.contract.CodedException;
import dev.temper.contract.ComputeSpec;
import dev.temper.contract.DataSource;
import dev.temper.contract.Defaults;
import dev.temper.contract.OptimiserSpec;
import dev.temper.contract.Precision;
import dev.temper.contract.RunSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryPlanTest {
    private static final long MIB = 1 << 20;

    private static final long PARAMETERS = 134_515_008;

    /** SmolLM2-135M with LoRA of rank 8 on all seven projections. */
    private static MemoryEstimate smol(int bytes, int recomputed, int tokens) {
        return smol(bytes, 2_442_240, 0, 30, recomputed, tokens, 56);
    }

    private static MemoryEstimate smol(
            int bytes, long trained, long ofModel, int layers, int recomputed, int tokens, int rank) {
        return MemoryEstimate.of(new MemoryEstimate.Shape(
                PARAMETERS,
                bytes,
                0,
                trained,
                ofModel,
                layers,
                recomputed,
                576,
                576,
                192,
                9,
                1536,
                49_152,
                rank,
                OptimiserSpec.Kind.ADAMW,
                0,
                tokens));
    }

    /** VmHWM of runs of the trainer on SmolLM2-135M with one thread, in MiB. */
    @Test
    void agreesWithWhatWasMeasured() {
        assertMeasured(smol(4, 0, 512), 1_536);
        assertMeasured(smol(4, 0, 1024), 1_974);
        assertMeasured(smol(4, 0, 2048), 2_890);
        assertMeasured(smol(4, 30, 1024), 1_206);
        assertMeasured(smol(2, 0, 1024), 1_567);
        assertMeasured(smol(4, PARAMETERS, PARAMETERS, 30, 0, 512, 0), 3_168);
        assertMeasured(smol(4, 35_398_080, 35_398_080, 10, 0, 512, 0), 1_635);
    }

    private static void assertMeasured(MemoryEstimate estimate, long mebibytes) {
        assertThat(estimate.total()).isCloseTo(mebibytes * MIB, withinPercentage(10));
    }

    @Test
    void recomputesAsFewLayersAsFit() {
        MemoryPlan roomy = plan(2_500 * MIB, ComputeSpec.Checkpointing.AUTO);
        MemoryPlan tight = plan(1_500 * MIB, ComputeSpec.Checkpointing.AUTO);

        assertThat(roomy.recomputedLayers()).isZero();
        assertThat(tight.recomputedLayers()).isBetween(1, 30);
        assertThat(tight.estimate().total()).isLessThanOrEqualTo(1_500 * MIB);
        assertThat(smol(4, tight.recomputedLayers() - 1, 640).total()).isGreaterThan(1_500 * MIB);
    }

    @Test
    void takesSmallerMicroBatchesBeforeItGivesUp() {
        MemoryPlan small = plan(1_160 * MIB, ComputeSpec.Checkpointing.AUTO);

        assertThat(small.tokenBudget()).isBetween(300, 639);
        assertThat(small.recomputedLayers()).isPositive();
    }

    @Test
    void doesWhatTheSpecSaysAboutRecomputing() {
        assertThat(plan(9_000 * MIB, ComputeSpec.Checkpointing.ALL).recomputedLayers())
                .isEqualTo(30);
        assertThat(plan(9_000 * MIB, ComputeSpec.Checkpointing.NONE).recomputedLayers())
                .isZero();
    }

    @Test
    void refusesWhatCannotFitAndSaysWhatItWouldTake() {
        CodedException e =
                catchThrowableOfType(CodedException.class, () -> plan(500 * MIB, ComputeSpec.Checkpointing.AUTO));

        assertThat(e.code()).isEqualTo("memory_too_small");
        assertThat(e.details()).containsKeys("needed", "budget", "parts");
    }

    private static MemoryPlan plan(long memory, ComputeSpec.Checkpointing checkpointing) {
        RunSpec base = Defaults.run(Defaults.model("m"), Defaults.lora(), Defaults.data(List.of(DataSource.of("d"))));
        RunSpec spec = new RunSpec(
                base.version(),
                base.name(),
                base.stage(),
                base.model(),
                base.method(),
                base.data(),
                base.optimiser(),
                base.schedule(),
                new BatchSpec(2, 2, 2, 0),
                base.regularisation(),
                new ComputeSpec("cpu", Precision.FP32, false, checkpointing, 0, memory),
                base.evaluation(),
                base.checkpoints(),
                base.output(),
                1);
        return MemoryPlan.of(
                spec,
                new MemoryPlan.Room(false, 4, 0),
                300,
                30,
                0,
                (tokens, recomputed) -> smol(4, recomputed, tokens));
    }
}
