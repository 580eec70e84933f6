package dev.temper.platform.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class IdsTest {
    @Test
    void growWithTimeAndAreOfVersion7() {
        UUID last = Ids.next();
        for (int i = 0; i < 20_000; i++) {
            UUID next = Ids.next();
            assertThat(next.version()).isEqualTo(7);
            assertThat(next.variant()).isEqualTo(2);
            assertThat(Long.compareUnsigned(next.getMostSignificantBits(), last.getMostSignificantBits()))
                    .isPositive();
            last = next;
        }
        assertThat(Duration.between(Ids.madeAt(last), Instant.now()).abs()).isLessThan(Duration.ofMinutes(1));
    }

    @Test
    void areNeverGivenTwice() throws Exception {
        Set<UUID> seen = new HashSet<>();
        try (var pool = Executors.newFixedThreadPool(4)) {
            List<Callable<List<UUID>>> work = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                work.add(() -> {
                    List<UUID> made = new ArrayList<>();
                    for (int n = 0; n < 5_000; n++) {
                        made.add(Ids.next());
                    }
                    return made;
                });
            }
            for (Future<List<UUID>> made : pool.invokeAll(work)) {
                seen.addAll(made.get());
            }
        }
        assertThat(seen).hasSize(20_000);
    }

    @Test
    void keepTheMomentTheyAreMadeFor() {
        Instant moment = Instant.parse("2031-05-06T07:08:09.123Z");
        assertThat(Ids.madeAt(Ids.at(moment))).isEqualTo(moment);
    }
}
