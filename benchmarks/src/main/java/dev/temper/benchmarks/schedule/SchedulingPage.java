package dev.temper.benchmarks.schedule;

import dev.temper.benchmarks.schedule.Plot.Curve;
import dev.temper.benchmarks.schedule.Replay.Outcome;
import dev.temper.benchmarks.schedule.Replay.Sample;
import dev.temper.benchmarks.schedule.Summary.Waits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The measured part of {@code docs/scheduling.md}: the rest of the page is written by people and left alone. */
final class SchedulingPage {
    private static final String BEGIN = "<!-- measured: ./temper bench schedule --write -->\n";
    private static final String END = "<!-- end of measured -->\n";

    private final Outcome ours;
    private final Outcome plain;

    SchedulingPage(Outcome ours, Outcome plain) {
        this.ours = ours;
        this.plain = plain;
    }

    void write(Path docs) throws IOException {
        Path page = docs.resolve("scheduling.md");
        String had = Files.readString(page);
        int begin = had.indexOf(BEGIN);
        int end = had.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException(page + " has lost the lines between which the figures stand: " + BEGIN + END);
        }
        Files.writeString(page, had.substring(0, begin + BEGIN.length()) + table() + had.substring(end));
        Path images = Files.createDirectories(docs.resolve("images"));
        Files.writeString(
                images.resolve("scheduling-use.svg"),
                new Plot(
                                "Devices held",
                                "%",
                                "days",
                                both(sample ->
                                        100.0 * sample.held() / ours.fleet().devices()))
                        .svg());
        Files.writeString(
                images.resolve("scheduling-queue.svg"),
                new Plot("Devices waited for", "", "days", both(Sample::waitingDevices)).svg());
        Files.writeString(images.resolve("scheduling-waits.svg"), waits().svg());
    }

    private String table() {
        Summary us = Summary.of(ours);
        Summary them = Summary.of(plain);
        var text = new StringBuilder("""

                %d jobs of %d tenants over %d days on %d devices.

                | | Temper | first come, first served |
                |---|---:|---:|
                """.formatted(
                        us.jobs(),
                        ours.fleet().tenants().size(),
                        Math.round(Duration.between(ours.samples().getFirst().at(), ours.until())
                                        .toHours()
                                / 24.0),
                        ours.fleet().devices()));
        row(text, "devices held, of all time", percent(us.utilisation()), percent(them.utilisation()));
        row(text, "devices held while somebody waited", percent(us.busyUtilisation()), percent(them.busyUtilisation()));
        row(text, "Jain index of service, tenants without a guarantee", number(us.fairness()), number(them.fairness()));
        waits(text, "first wait", us.everyWait(), them.everyWait());
        waits(text, "first wait with a guarantee", us.guaranteedWait(), them.guaranteedWait());
        waits(text, "first wait for a whole node", us.largeWait(), them.largeWait());
        row(text, "preemptions", Integer.toString(us.preemptions()), Integer.toString(them.preemptions()));
        row(text, "jobs finished", Integer.toString(us.finished()), Integer.toString(them.finished()));
        return text.append("""

                ![Devices held](images/scheduling-use.svg)
                ![Devices waited for](images/scheduling-queue.svg)
                ![Waits](images/scheduling-waits.svg)
                """).toString();
    }

    private static void waits(StringBuilder text, String of, Waits us, Waits them) {
        row(text, of + ", median", minutes(us.median()), minutes(them.median()));
        row(text, of + ", 90 %", minutes(us.p90()), minutes(them.p90()));
        row(text, of + ", 99 %", minutes(us.p99()), minutes(them.p99()));
        row(text, of + ", longest", minutes(us.longest()), minutes(them.longest()));
    }

    private static void row(StringBuilder text, String of, String us, String them) {
        text.append("| ")
                .append(of)
                .append(" | ")
                .append(us)
                .append(" | ")
                .append(them)
                .append(" |\n");
    }

    private Plot waits() {
        return new Plot(
                "First wait, hours",
                "",
                "percentile 0 to 99",
                List.of(waits("Temper", ours), waits("first come", plain)));
    }

    private static Curve waits(String name, Outcome outcome) {
        double[] sorted = outcome.jobs().stream()
                .mapToDouble(course -> course.firstWait(outcome.until()).toSeconds() / 3600.0)
                .sorted()
                .toArray();
        double[] percentiles = new double[100];
        for (int i = 0; i < percentiles.length; i++) {
            percentiles[i] = sorted[i * sorted.length / percentiles.length];
        }
        return new Curve(name, Arrays.stream(percentiles).boxed().toList());
    }

    private List<Curve> both(ToDoubleFunction<Sample> value) {
        return List.of(new Curve("Temper", means(ours, value)), new Curve("first come", means(plain, value)));
    }

    /** Means of three hours, weighted by how long each sample lasted. */
    private static List<Double> means(Outcome outcome, ToDoubleFunction<Sample> value) {
        Instant from = outcome.samples().getFirst().at();
        long span = Duration.ofHours(3).toSeconds();
        int count = (int) (Duration.between(from, outcome.until()).toSeconds() / span) + 1;
        double[] sums = new double[count];
        double[] seconds = new double[count];
        List<Sample> samples = outcome.samples();
        for (int i = 0; i < samples.size(); i++) {
            Instant ends = i + 1 < samples.size() ? samples.get(i + 1).at() : outcome.until();
            double lasted = Duration.between(samples.get(i).at(), ends).toSeconds();
            int slot = (int) (Duration.between(from, samples.get(i).at()).toSeconds() / span);
            sums[slot] += value.applyAsDouble(samples.get(i)) * lasted;
            seconds[slot] += lasted;
        }
        for (int i = 0; i < count; i++) {
            sums[i] = seconds[i] == 0 ? 0 : sums[i] / seconds[i];
        }
        return Arrays.stream(sums).boxed().toList();
    }

    private static String percent(double part) {
        return String.format(Locale.ROOT, "%.1f %%", part * 100);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    private static String minutes(double minutes) {
        return minutes < 120
                ? String.format(Locale.ROOT, "%.0f min", minutes)
                : String.format(Locale.ROOT, "%.1f h", minutes / 60);
    }
}
