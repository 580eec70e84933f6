package dev.temper.trainer.model.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.temper.contract.CodedException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SamplerTest {
    private static final int DRAWS = 4000;

    @Test
    void temperatureZeroTakesTheLikeliestAndTheFirstOfEquals() {
        assertThat(sampler(0, 1, 0, 1).next(new float[] {1, 3, -2, 3})).isEqualTo(1);
    }

    @Test
    void drawsFollowTheSoftmaxOfTheTemperature() {
        float[] logits = {0, (float) Math.log(4), (float) Math.log(16)};
        // At temperature 2 the weights are the roots: 1, 2, 4.
        double[] shares = shares(sampler(2, 1, 0, 1), logits);
        assertThat(shares[0]).isCloseTo(1 / 7.0, within(0.03));
        assertThat(shares[1]).isCloseTo(2 / 7.0, within(0.03));
        assertThat(shares[2]).isCloseTo(4 / 7.0, within(0.03));
    }

    @Test
    void topKLeavesTheLikeliest() {
        assertThat(drawn(sampler(5, 1, 2, 1), 1, -7, 2, 1.5f)).containsExactly(2, 3);
    }

    @Test
    void topPKeepsTheTokenThatCrossesTheLine() {
        float[] logits = {(float) Math.log(0.5), (float) Math.log(0.3), (float) Math.log(0.2)};
        assertThat(drawn(sampler(1, 0.4, 0, 1), logits)).containsExactly(0);
        assertThat(drawn(sampler(1, 0.6, 0, 1), logits)).containsExactly(0, 1);
        assertThat(drawn(sampler(1, 0.9, 0, 1), logits)).containsExactly(0, 1, 2);
    }

    @Test
    void whatWasSeenIsPenalisedWhicheverItsSign() {
        Sampler sampler =
                new Sampler(new GenerationSettings(1, 0, 1, 0, 2, Set.of(), List.of(), 0), 0, new int[] {1, 2});
        float[] logits = {1, 3, -1, 1.4f};
        assertThat(sampler.next(logits)).isEqualTo(1);
        assertThat(logits).containsExactly(1, 1.5f, -2, 1.4f);
    }

    @Test
    void theSameSeedDrawsTheSameAndEachSequenceItsOwn() {
        float[] flat = new float[100];
        assertThat(series(7, 0, flat)).isEqualTo(series(7, 0, flat));
        assertThat(series(7, 0, flat)).isNotEqualTo(series(7, 1, flat));
        assertThat(series(7, 0, flat)).isNotEqualTo(series(8, 0, flat));
    }

    private static List<Integer> series(long seed, int sequence, float[] logits) {
        GenerationSettings settings = new GenerationSettings(1, 1, 1, 0, 1, Set.of(), List.of(), seed);
        Sampler sampler = new Sampler(settings, sequence, new int[0]);
        return java.util.stream.IntStream.range(0, 20)
                .mapToObj(i -> sampler.next(logits.clone()))
                .toList();
    }

    @Test
    void settingsThatMakeNoSenseAreNamed() {
        refused("temperature", -1, 1, 0, 1);
        refused("temperature", Double.NaN, 1, 0, 1);
        refused("top_p", 1, 0, 0, 1);
        refused("top_k", 1, 1, -1, 1);
        refused("repetition_penalty", 1, 1, 0, 0);
    }

    private static void refused(String name, double temperature, double topP, int topK, double penalty) {
        assertThatThrownBy(() -> sampler(temperature, topP, topK, penalty))
                .isInstanceOfSatisfying(CodedException.class, e -> {
                    assertThat(e.code()).isEqualTo("generation_setting_invalid");
                    assertThat(e.details()).containsEntry("setting", name);
                });
    }

    private static Sampler sampler(double temperature, double topP, int topK, double penalty) {
        return new Sampler(
                new GenerationSettings(1, temperature, topP, topK, penalty, Set.of(), List.of(), 3), 0, new int[0]);
    }

    private static Set<Integer> drawn(Sampler sampler, float... logits) {
        Set<Integer> drawn = new TreeSet<>();
        for (int i = 0; i < DRAWS; i++) {
            drawn.add(sampler.next(logits.clone()));
        }
        return drawn;
    }

    private static double[] shares(Sampler sampler, float[] logits) {
        double[] shares = new double[logits.length];
        for (int i = 0; i < DRAWS; i++) {
            shares[sampler.next(logits.clone())] += 1.0 / DRAWS;
        }
        return shares;
    }
}
