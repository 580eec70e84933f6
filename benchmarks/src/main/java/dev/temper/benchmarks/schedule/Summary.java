package dev.temper.benchmarks.schedule;

import dev.temper.benchmarks.schedule.Fleet.Party;
import dev.temper.benchmarks.schedule.Replay.Outcome;
import dev.temper.benchmarks.schedule.Replay.Sample;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a replay came to.
 *
 * @param utilisation the part of all device time that was held
 * @param busyUtilisation the same over those moments only in which somebody waited
 * @param fairness Jain's index of the part of their jobs' time that was spent running, over the tenants without a guarantee: 1
 *     means that all were served alike, 1/n that one of n got everything
 * @param everyWait minutes from submission to the first start: median, 90th, 99th percentile, longest
 * @param guaranteedWait the same for jobs of tenants with a guarantee
 * @param largeWait the same for jobs that need a whole node
 * @param finished jobs that ended in the time
 */
record Summary(
        double utilisation,
        double busyUtilisation,
        double fairness,
        Waits everyWait,
        Waits guaranteedWait,
        Waits largeWait,
        int jobs,
        int finished,
        int preemptions) {

    record Waits(double median, double p90, double p99, double longest) {
        static Waits of(Outcome outcome, Predicate<Course> which) {
            double[] minutes = outcome.jobs().stream()
                    .filter(which)
                    .mapToDouble(course -> course.firstWait(outcome.until()).toSeconds() / 60.0)
                    .sorted()
                    .toArray();
            return new Waits(
                    percentile(minutes, 0.5),
                    percentile(minutes, 0.9),
                    percentile(minutes, 0.99),
                    percentile(minutes, 1));
        }

        private static double percentile(double[] sorted, double part) {
            return sorted.length == 0 ? 0 : sorted[(int) Math.ceil(part * sorted.length) - 1];
        }
    }

    static Summary of(Outcome outcome) {
        return new Summary(
                utilisation(outcome, _ -> true),
                utilisation(outcome, sample -> sample.waitingJobs() > 0),
                jain(outcome.fleet().tenants().stream()
                        .filter(tenant -> tenant.guaranteed() == 0)
                        .mapToDouble(tenant -> service(outcome, tenant))
                        .toArray()),
                Waits.of(outcome, _ -> true),
                Waits.of(outcome, course -> course.work.tenant().guaranteed() > 0),
                Waits.of(outcome, course -> course.work.devices() == 8),
                outcome.jobs().size(),
                (int) outcome.jobs().stream().filter(Course::hasEnded).count(),
                outcome.jobs().stream().mapToInt(Course::preemptions).sum());
    }

    private static double utilisation(Outcome outcome, Predicate<Sample> which) {
        double held = 0;
        double there = 0;
        List<Sample> samples = outcome.samples();
        for (int i = 0; i < samples.size(); i++) {
            Sample sample = samples.get(i);
            var ends = i + 1 < samples.size() ? samples.get(i + 1).at() : outcome.until();
            if (which.test(sample)) {
                double seconds = Duration.between(sample.at(), ends).toSeconds();
                held += sample.held() * seconds;
                there += outcome.fleet().devices() * seconds;
            }
        }
        return there == 0 ? 0 : held / there;
    }

    /** The part of the time its jobs were there that they ran, by devices. */
    private static double service(Outcome outcome, Party tenant) {
        double ran = 0;
        double there = 0;
        for (Course course : outcome.jobs()) {
            if (course.work.tenant().equals(tenant)) {
                ran += (double) course.work.devices()
                        * course.progress(outcome.until()).toSeconds();
                there += (double) course.work.devices()
                        * course.presence(outcome.until()).toSeconds();
            }
        }
        return there == 0 ? 1 : ran / there;
    }

    static double jain(double... shares) {
        double sum = 0;
        double squares = 0;
        for (double share : shares) {
            sum += share;
            squares += share * share;
        }
        return squares == 0 ? 1 : sum * sum / (shares.length * squares);
    }
}
