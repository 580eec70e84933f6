package dev.temper.platform.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.temper.platform.PlatformTest;
import dev.temper.platform.World;
import dev.temper.platform.common.TenantScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionOperations;

@PlatformTest
class TenantNumbersTest {
    @Autowired
    private World world;

    @Autowired
    private TenantNumbers numbers;

    @Autowired
    private TransactionOperations transactions;

    @Test
    void eachTenantAndSeriesCountsForItselfWithoutGapsOrRepeats() throws Exception {
        UUID one = world.tenant("One").id();
        UUID two = world.tenant("Two").id();
        List<Long> drawn = new ArrayList<>();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Long> draw = () -> next(one, "tasks");
            for (var number :
                    threads.invokeAll(Stream.generate(() -> draw).limit(40).toList())) {
                drawn.add(number.get());
            }
        }

        assertThat(drawn)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, 40).boxed().toList());
        assertThat(next(one, "datasets")).isEqualTo(1);
        assertThat(next(two, "tasks")).isEqualTo(1);
    }

    @Test
    void aRollbackLosesNoNumber() {
        UUID tenant = world.tenant("Back").id();
        TenantScope.run(
                tenant,
                () -> transactions.executeWithoutResult(status -> {
                    numbers.next("tasks");
                    status.setRollbackOnly();
                }));

        assertThat(next(tenant, "tasks")).isEqualTo(1);
    }

    private long next(UUID tenant, String series) {
        return TenantScope.call(tenant, () -> Objects.requireNonNull(transactions.execute(_ -> numbers.next(series))));
    }
}
