package dev.temper.benchmarks.schedule;

import dev.temper.benchmarks.Benchmark;
import dev.temper.benchmarks.Checkout;
import dev.temper.benchmarks.Report;
import dev.temper.benchmarks.schedule.Summary.Waits;
import dev.temper.platform.scheduling.Planner;
import dev.temper.platform.scheduling.PlanningRules;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Not of speed but of judgement: who would have waited how long in a month like this. */
@Command(name = "schedule", description = "Plays a month of synthetic load through the scheduler.")
public final class ScheduleBenchmark implements Benchmark {
    private static final Instant FROM = Instant.parse("2026-03-02T00:00:00Z");

    @Option(names = "--days", description = "How long (default: ${DEFAULT-VALUE}).", defaultValue = "30")
    private int days;

    @Option(names = "--load", description = "Work per device time (default: ${DEFAULT-VALUE}).", defaultValue = "0.9")
    private double load;

    @Option(names = "--seed", description = "Of the load (default: ${DEFAULT-VALUE}).", defaultValue = "1")
    private long seed;

    @Option(names = "--write", description = "Put the figures into docs/scheduling.md.")
    private boolean write;

    @Override
    public Report call() throws IOException {
        var fleet = Fleet.usual();
        Instant until = FROM.plus(Duration.ofDays(days));
        List<Work> work = SyntheticLoad.of(seed, fleet, FROM, Duration.ofDays(days), load);
        long start = System.nanoTime();
        var ours = Replay.of(fleet, work, Planner::plan, PlanningRules.DEFAULT, until);
        double seconds = (System.nanoTime() - start) / 1e9;
        var plain = Replay.of(fleet, work, FirstComeFirstServed::plan, PlanningRules.DEFAULT, until);
        if (write) {
            new SchedulingPage(ours, plain).write(Checkout.root().resolve("docs"));
        }
        Summary us = Summary.of(ours);
        Summary them = Summary.of(plain);
        var report = Report.of("schedule")
                .under("days", days)
                .under("load", load)
                .under("seed", seed)
                .under("jobs", us.jobs())
                .figure("replay", seconds, "s")
                .figure("plans", ours.samples().size(), "")
                .figure("utilisation", 100 * us.utilisation(), "%")
                .figure("utilisation, first come", 100 * them.utilisation(), "%")
                .figure("Jain index", us.fairness(), "")
                .figure("Jain index, first come", them.fairness(), "")
                .figure("preemptions", us.preemptions(), "");
        waits(report, "wait", us.everyWait());
        waits(report, "wait with a guarantee", us.guaranteedWait());
        waits(report, "wait for a whole node", us.largeWait());
        waits(report, "wait, first come", them.everyWait());
        return report.build();
    }

    private static void waits(Report.Builder report, String of, Waits waits) {
        report.figure(of + ", median", waits.median(), "min")
                .figure(of + ", 90 %", waits.p90(), "min")
                .figure(of + ", 99 %", waits.p99(), "min")
                .figure(of + ", longest", waits.longest(), "min");
    }
}
