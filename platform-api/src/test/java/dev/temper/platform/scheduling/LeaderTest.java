package dev.temper.platform.scheduling;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.temper.db.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two replicas on one database. Nothing but the database's word wakes them here: their tick is a minute. */
class LeaderTest {
    private static final Duration TICK = Duration.ofMinutes(1);

    private TestDatabase database;
    private final CountDownLatch hanging = new CountDownLatch(1);

    @BeforeEach
    void aDatabase() {
        database = TestDatabase.empty();
    }

    @AfterEach
    void gone() {
        hanging.countDown();
        database.close();
    }

    @Test
    void whereTheLeaderLosesItsConnectionTheOtherLeadsWithinFiveSeconds() throws Exception {
        var firstWorks = new Semaphore(0);
        var secondWorks = new Semaphore(0);
        var first = new Leader("first", database.dataSource(), TICK, () -> {
            firstWorks.release();
            await(hanging);
        });
        var second = new Leader("second", database.dataSource(), TICK, secondWorks::release);
        first.start();
        assertThat(firstWorks.tryAcquire(10, SECONDS)).isTrue();
        second.start();
        assertThat(secondWorks.tryAcquire(1500, MILLISECONDS))
                .as("there is one leader")
                .isFalse();

        // The first is not dead but hangs, which is the worse case: it may go on later and believe it leads.
        execute("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted");

        assertThat(secondWorks.tryAcquire(5, SECONDS)).isTrue();
        hanging.countDown();
        assertThat(firstWorks.tryAcquire(1500, MILLISECONDS))
                .as("who lost the lock works no more")
                .isFalse();
        second.stop();
        assertThat(firstWorks.tryAcquire(5, SECONDS))
                .as("an orderly stop gives it back")
                .isTrue();
        first.stop();
    }

    @Test
    void aNoticeWakesTheLeaderAndAFailedRoundDoesNotEndIt() throws Exception {
        var works = new Semaphore(0);
        var leader = new Leader("leader", database.dataSource(), TICK, () -> {
            works.release();
            throw new IllegalStateException("This round fails, as it should");
        });
        leader.start();
        assertThat(works.tryAcquire(10, SECONDS)).isTrue();

        execute("notify temper_scheduler");

        assertThat(works.tryAcquire(5, SECONDS)).isTrue();
        execute("notify temper_scheduler");
        assertThat(works.tryAcquire(5, SECONDS)).isTrue();
        leader.stop();
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.asSuperuser();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
