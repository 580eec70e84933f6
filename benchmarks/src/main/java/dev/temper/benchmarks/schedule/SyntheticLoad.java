package dev.temper.benchmarks.schedule;

import dev.temper.benchmarks.schedule.Fleet.Party;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * Jobs as tenants bring them: more by day than by night and on weekdays than on Sundays, many small and short ones and a few
 * large and long, estimates mostly too high and sometimes too low, and one tenant that hands in a hundred at once.
 */
final class SyntheticLoad {
    private static final int[] SIZES = {1, 1, 1, 1, 2, 2, 4, 4, 8, 8};
    private static final Duration LONGEST = Duration.ofHours(24);

    private final Random random;
    private final Fleet fleet;

    private SyntheticLoad(long seed, Fleet fleet) {
        this.random = new Random(seed);
        this.fleet = fleet;
    }

    /** @param load how much of the fleet all of it together would use, as in 0.9 */
    static List<Work> of(long seed, Fleet fleet, Instant from, Duration length, double load) {
        return new SyntheticLoad(seed, fleet).jobs(from, length, load);
    }

    private List<Work> jobs(Instant from, Duration length, double load) {
        var jobs = new ArrayList<Work>();
        double wanted = load * fleet.devices() * length.toSeconds();
        Instant burst = from.plus(length.dividedBy(3));
        for (int i = 0; i < 100; i++) {
            jobs.add(job(fleet.tenants().getLast(), burst.plusSeconds(i)));
        }
        double brought = jobs.stream().mapToDouble(SyntheticLoad::deviceSeconds).sum();
        while (brought < wanted) {
            Work job = job(somebody(), from.plusSeconds((long) (random.nextDouble() * length.toSeconds())));
            if (random.nextDouble() < busyness(job.at())) {
                jobs.add(job);
                brought += deviceSeconds(job);
            }
        }
        jobs.sort(Comparator.comparing(Work::at).thenComparing(Work::id));
        return jobs;
    }

    private Work job(Party tenant, Instant at) {
        // Half take less than an hour, one in twenty more than eight.
        double hours = Math.exp(random.nextGaussian() * 1.3);
        Duration takes = Duration.ofSeconds((long) (hours * 3600)).plusMinutes(2);
        takes = takes.compareTo(LONGEST) > 0 ? LONGEST : takes;
        double believed = random.nextInt(10) == 0 ? 0.6 : 1 + random.nextDouble();
        return new Work(
                new UUID(random.nextLong(), random.nextLong()),
                tenant,
                at,
                SIZES[random.nextInt(SIZES.length)],
                random.nextInt(10) == 0 ? 80 : 50,
                takes,
                Duration.ofSeconds((long) (takes.toSeconds() * believed)));
    }

    private Party somebody() {
        double total = fleet.tenants().stream().mapToDouble(Party::weight).sum();
        double at = random.nextDouble() * total;
        for (Party tenant : fleet.tenants()) {
            at -= tenant.weight();
            if (at < 0) {
                return tenant;
            }
        }
        return fleet.tenants().getLast();
    }

    private static double busyness(Instant at) {
        long hour = at.getEpochSecond() / 3600 % 24;
        // The epoch's first day was a Thursday.
        boolean sunday = (at.getEpochSecond() / 86_400 + 4) % 7 == 0;
        return (hour >= 8 && hour < 20 ? 1 : 0.35) * (sunday ? 0.5 : 1);
    }

    private static double deviceSeconds(Work job) {
        return (double) job.devices() * job.takes().toSeconds();
    }
}
