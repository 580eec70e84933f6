package dev.temper.web.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.temper.platform.job.Curve.Point;
import dev.temper.web.task.Plot.Series;
import dev.temper.web.task.Plot.View;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PlotTest {
    private static final List<Point> FALLING =
            List.of(new Point(10, 100), new Point(20, 10), new Point(30, 1), new Point(40, 0));

    @Test
    void aPartOfTheStepsFillsTheWidth() {
        Plot plot = plot(new View(10, 40, false, Smoothing.NONE));

        assertThat(plot.lines().getFirst().points()).startsWith("0.0,").endsWith("600.0,200.0");
        assertThat(plot.steps()).extracting(Plot.Tick::label).startsWith("10").endsWith("40");
    }

    @Test
    void stepsThatTheRunHasNotDoneYetStayFree() {
        assertThat(plot(View.whole(80)).lines().getFirst().points()).endsWith("300.0,200.0");
    }

    @Test
    void stepsAreWrittenWhereTheyAre() {
        assertThat(plot(View.whole(43)).steps())
                .containsExactly(
                        new Plot.Tick(0, "0"),
                        new Plot.Tick(150, "11"),
                        new Plot.Tick(300, "22"),
                        new Plot.Tick(450, "33"),
                        new Plot.Tick(600, "44"));
        assertThat(plot(View.whole(45)).steps())
                .extracting(Plot.Tick::label)
                .hasSize(6)
                .endsWith("36", "45");
    }

    @Test
    void factorsAreAsHighAsEachOtherAndZeroHasNoPlace() {
        Plot plot = plot(new View(10, 30, true, Smoothing.NONE));

        assertThat(plot.lines().getFirst().points()).isEqualTo("0.0,0.0 300.0,100.0 600.0,200.0");
        assertThat(plot.heights())
                .extracting(Plot.Tick::label)
                .startsWith("100")
                .endsWith("1");
    }

    @Test
    void smoothingBeginsAtTheFirstValueAndLeavesTheRest() {
        Plot plot = plot(new View(10, 40, false, new Smoothing(0.5)));

        assertThat(plot.lines().getFirst().raw()).endsWith("600.0,200.0");
        assertThat(new Smoothing(0.5).of(FALLING)).extracting(Point::value).containsExactly(100.0, 55.0, 28.0, 14.0);
        assertThat(plot.lines().getFirst().last()).isEqualTo("0");
    }

    @Test
    void theMorePointsTheMoreIsSmoothedByItself() {
        List<Point> jump = jump(10);
        List<Point> longJump = jump(200);

        assertThat(Smoothing.AUTO.of(jump).getLast().value()).isBetween(0.5, 1.0);
        assertThat(Smoothing.AUTO.of(longJump).getLast().value()).isLessThan(0.2);
    }

    /** Nothing, and 1 at the end. */
    private static List<Point> jump(int length) {
        return LongStream.rangeClosed(1, length)
                .mapToObj(step -> new Point(step, step == length ? 1 : 0))
                .toList();
    }

    private static Plot plot(View view) {
        return Plot.of("loss", List.of(new Series("loss", 0, FALLING)), view);
    }
}
