package dev.temper.benchmarks.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.temper.benchmarks.schedule.Fleet.Party;
import dev.temper.platform.scheduling.Planner;
import dev.temper.platform.scheduling.PlanningRules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayTest {
    private static final Instant FROM = Instant.parse("2026-03-02T00:00:00Z");

    @Test
    void threeCrowdedDaysAreServedBetterThanFirstComeFirstServed() {
        var fleet = Fleet.usual();
        Instant until = FROM.plus(Duration.ofDays(3));
        List<Work> load = SyntheticLoad.of(7, fleet, FROM, Duration.ofDays(3), 0.95);

        Summary ours = Summary.of(Replay.of(fleet, load, Planner::plan, PlanningRules.DEFAULT, until));
        Summary plain = Summary.of(Replay.of(fleet, load, FirstComeFirstServed::plan, PlanningRules.DEFAULT, until));

        assertThat(ours.utilisation()).isGreaterThan(plain.utilisation());
        assertThat(ours.everyWait().median()).isLessThan(plain.everyWait().median());
        assertThat(ours.guaranteedWait().p90()).isLessThan(ours.everyWait().p90());
        assertThat(ours.fairness()).isGreaterThan(0.7);
    }

    /**
     * The worst case that can be thought of: everybody else is more urgent and has used less, keeps the pool crowded with
     * small jobs, and the one that waits needs a whole node.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void nobodyStarvesBeyondTheBound(long seed) {
        var random = new Random(seed);
        var poor = new Party(new UUID(9, 0), "waits", 0, 1);
        var rivals = List.of(
                poor,
                new Party(new UUID(9, 1), "r1", 0, 1),
                new Party(new UUID(9, 2), "r2", 4, 1),
                new Party(new UUID(9, 3), "r3", 0, 1));
        var fleet = Fleet.of(2, 8, rivals);
        Duration longest = Duration.ofHours(4);
        Instant queuedAt = FROM.plus(Duration.ofHours(2));
        var load = new ArrayList<Work>();
        for (int i = 0; i < 900; i++) {
            Duration takes = Duration.ofMinutes(10 + random.nextInt(230));
            load.add(new Work(
                    new UUID(random.nextLong(), i),
                    rivals.get(1 + random.nextInt(3)),
                    FROM.plus(Duration.ofMinutes(i * 7L)),
                    1 << random.nextInt(3),
                    100,
                    takes,
                    takes));
        }
        var starving = new Work(new UUID(0, 0), poor, queuedAt, 8, 0, Duration.ofHours(1), Duration.ofHours(1));
        load.add(starving);
        load.sort(Comparator.comparing(Work::at).thenComparing(Work::id));
        long before = load.stream().filter(work -> work.at().isBefore(queuedAt)).count();
        PlanningRules rules = PlanningRules.DEFAULT;
        Duration bound = rules.patience().plus(longest.multipliedBy(before + 1));

        var outcome = Replay.of(fleet, load, Planner::plan, rules, FROM.plus(Duration.ofDays(5)));

        Duration waited = outcome.jobs().stream()
                .filter(course -> course.work.equals(starving))
                .findFirst()
                .orElseThrow()
                .firstWait(outcome.until());
        assertThat(waited)
                .as("the load is such that it would otherwise wait longer than its patience")
                .isGreaterThan(rules.patience());
        assertThat(waited).isLessThan(bound);
    }

    @Test
    void jainIsOneWhenAllAreServedAlikeAndOneNthWhenOneGetsAll() {
        assertThat(Summary.jain(0.5, 0.5, 0.5)).isCloseTo(1, within(1e-12));
        assertThat(Summary.jain(1, 0, 0, 0)).isCloseTo(0.25, within(1e-12));
    }
}
