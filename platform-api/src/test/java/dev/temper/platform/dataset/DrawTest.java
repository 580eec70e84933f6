package dev.temper.platform.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DrawTest {
    @ParameterizedTest
    @CsvSource({
        "1000, 0.01, 10",
        "1000, 0.5, 500",
        "1000, 1, 1000",
        "1000, 2.25, 2250",
        "7, 10, 70",
        "3, 0.5, 2",
        "0, 2, 0"
    })
    void takesExactlyItsShare(int rows, double ratio, int taken) {
        assertThat(draw(rows, ratio, 1).stream().mapToInt(copies -> copies).sum())
                .isEqualTo(taken);
    }

    @Test
    void drawsTheSameRowsAgainAndFromAllOfThem() {
        List<Integer> first = draw(1_000, 0.2, 5);
        assertThat(draw(1_000, 0.2, 5)).isEqualTo(first);
        assertThat(draw(1_000, 0.2, 6)).isNotEqualTo(first);
        for (int part = 0; part < 4; part++) {
            assertThat(first.subList(part * 250, part * 250 + 250).stream()
                            .mapToInt(copies -> copies)
                            .sum())
                    .isBetween(25, 75);
        }
    }

    private static List<Integer> draw(int rows, double ratio, long seed) {
        Draw draw = new Draw(rows, ratio, seed);
        return IntStream.range(0, rows).mapToObj(_ -> draw.next()).toList();
    }
}
