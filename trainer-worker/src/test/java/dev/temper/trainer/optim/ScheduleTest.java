package dev.temper.trainer.optim;

import static dev.temper.contract.ScheduleSpec.Kind.CONSTANT;
import static dev.temper.contract.ScheduleSpec.Kind.CONSTANT_WITH_WARMUP;
import static dev.temper.contract.ScheduleSpec.Kind.COSINE;
import static dev.temper.contract.ScheduleSpec.Kind.COSINE_WITH_RESTARTS;
import static dev.temper.contract.ScheduleSpec.Kind.LINEAR;
import static dev.temper.contract.ScheduleSpec.Kind.POLYNOMIAL;
import static dev.temper.contract.ScheduleSpec.Kind.WARMUP_STABLE_DECAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.temper.contract.ScheduleSpec;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Shapes of the learning rate over 10 steps with 2 of warm-up, at values found by hand from transformers' formulas. */
class ScheduleTest {
    private static final double RATE = 0.5;

    @Test
    void risesFromZero() {
        for (ScheduleSpec.Kind kind : ScheduleSpec.Kind.values()) {
            if (kind != CONSTANT) {
                check(kind, Map.of(), 1, 0);
                check(kind, Map.of(), 2, 0.5);
                check(kind, Map.of(), 3, 1);
            }
        }
        check(CONSTANT, Map.of(), 1, 1);
    }

    @Test
    void goesOnAsItsShapeSays() {
        check(CONSTANT, Map.of(), 10, 1);
        check(CONSTANT_WITH_WARMUP, Map.of(), 10, 1);
        check(LINEAR, Map.of(), 7, 0.5);
        check(LINEAR, Map.of(), 10, 0.125);
        check(LINEAR, Map.of(), 11, 0);
        check(LINEAR, Map.of(), 15, 0);
        check(COSINE, Map.of(), 5, 0.5 * (1 + Math.cos(Math.PI / 4)));
        check(COSINE, Map.of(), 7, 0.5);
        check(COSINE, Map.of(), 11, 0);
        check(COSINE_WITH_RESTARTS, Map.of("num_cycles", 2.0), 5, 0.5);
        check(COSINE_WITH_RESTARTS, Map.of("num_cycles", 2.0), 7, 1);
        check(COSINE_WITH_RESTARTS, Map.of("num_cycles", 2.0), 11, 0);
        check(POLYNOMIAL, Map.of("power", 2.0, "lr_end", 0.05), 7, 0.1 + 0.9 * 0.25);
        check(POLYNOMIAL, Map.of("power", 2.0, "lr_end", 0.05), 11, 0.1);
        check(POLYNOMIAL, Map.of("power", 2.0, "lr_end", 0.05), 20, 0.1);
    }

    @Test
    void staysAndThenDecays() {
        Map<String, Double> arguments = Map.of("num_decay_steps", 4.0, "min_lr_ratio", 0.1);
        check(WARMUP_STABLE_DECAY, arguments, 1, 0.1);
        check(WARMUP_STABLE_DECAY, arguments, 2, 0.55);
        check(WARMUP_STABLE_DECAY, arguments, 6, 1);
        check(WARMUP_STABLE_DECAY, arguments, 9, 0.55);
        check(WARMUP_STABLE_DECAY, arguments, 11, 0.1);
    }

    @Test
    void warmsUpByRatioWhereNoStepsAreGiven() {
        assertThat(Schedule.of(new ScheduleSpec(LINEAR, 1, 0, 0.15, 0, Map.of()), 10)
                        .warmupSteps())
                .isEqualTo(2);
        assertThat(Schedule.of(new ScheduleSpec(LINEAR, 1, 0, 0.15, 3, Map.of()), 10)
                        .warmupSteps())
                .isEqualTo(3);
    }

    private static void check(ScheduleSpec.Kind kind, Map<String, Double> arguments, int step, double share) {
        double rate = new Schedule(kind, 10, 2, arguments).rate(step, RATE);
        assertThat(rate).as(kind + " at step " + step).isCloseTo(RATE * share, within(1e-12));
    }
}
