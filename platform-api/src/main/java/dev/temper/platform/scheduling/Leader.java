package dev.temper.platform.scheduling;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has one of all replicas do some work: whoever holds an advisory lock. The lock lives as long as a connection of its own, so
 * PostgreSQL gives it on the moment that a process dies; the others ask each second. The work is done whenever the database
 * says that something changed, and at each tick. Somebody who believes to hold the lock still may do harm no more than any
 * late planner: what it decides is checked where it is applied.
 */
final class Leader {
    static final String CHANNEL = "temper_scheduler";

    private static final Logger LOG = LoggerFactory.getLogger(Leader.class);
    /** "temper-sched" on the keys of a telephone; nobody else of ours takes this lock. */
    private static final long LOCK = 83_673_772_433L;

    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);
    /** Changes that come close together are planned together. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    private static final int SLICE = 500;

    private final DataSource source;
    private final Duration tick;
    private final Runnable work;
    private final Thread thread;
    private volatile boolean stopped;

    Leader(String name, DataSource source, Duration tick, Runnable work) {
        this.source = source;
        this.tick = tick;
        this.work = work;
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::live);
    }

    void start() {
        thread.start();
    }

    /** Ends after the work that is being done, and gives the lock on. */
    void stop() {
        stopped = true;
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void live() {
        while (!stopped) {
            try (Connection connection = source.getConnection()) {
                if (isFirst(connection)) {
                    lead(connection);
                }
            } catch (SQLException e) {
                LOG.debug("Not leading: {}", e.getMessage());
            }
            pause(ASK_AGAIN);
        }
    }

    private static boolean isFirst(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("select pg_try_advisory_lock(?)")) {
            statement.setLong(1, LOCK);
            try (var answer = statement.executeQuery()) {
                return answer.next() && answer.getBoolean(1);
            }
        }
    }

    private void lead(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            // A leader whose cable was cut is missed almost as soon as one that died.
            statement.execute("set tcp_keepalives_idle = 1; set tcp_keepalives_interval = 1;"
                    + " set tcp_keepalives_count = 2; set tcp_user_timeout = 3000");
            statement.execute("listen " + CHANNEL);
            LOG.info("This process plans the queue");
            try {
                while (!stopped) {
                    // Fails when the connection, and with it the lock, is lost.
                    statement.execute("select 1");
                    attempt();
                    pause(PAUSE);
                    awaitNotice(connection.unwrap(PGConnection.class));
                }
            } finally {
                statement.execute("unlisten " + CHANNEL + "; select pg_advisory_unlock(" + LOCK + ");"
                        + " reset tcp_keepalives_idle; reset tcp_keepalives_interval; reset tcp_keepalives_count;"
                        + " reset tcp_user_timeout");
            }
        }
    }

    /** In slices, so that a stop need not wait for the tick. */
    private void awaitNotice(PGConnection connection) throws SQLException {
        long end = System.nanoTime() + tick.toNanos();
        boolean noticed = false;
        while (!noticed && !stopped && System.nanoTime() < end) {
            noticed = connection.getNotifications(SLICE).length > 0;
        }
    }

    /** One round that fails is not the end of planning. */
    private void attempt() {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.warn("The queue could not be planned; tried again in {}", tick, e);
        }
    }

    private void pause(Duration length) {
        try {
            Thread.sleep(length);
        } catch (InterruptedException e) {
            stopped = true;
        }
    }
}
