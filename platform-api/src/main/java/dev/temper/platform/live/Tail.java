package dev.temper.platform.live;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Hands new facts to every stream of this process, while there is one. One connection listens; at each notice, and every few
 * seconds without, what is new is read once for all.
 */
final class Tail {
    private static final Logger LOG = LoggerFactory.getLogger(Tail.class);

    /** Facts that come close together are read together. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    private static final Duration WITHOUT_NOTICE = Duration.ofSeconds(5);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final int SLICE = 500;

    /** A transaction under way for longer is not waited for: its facts would come too late to be of use to anybody. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Outbox outbox;
    private final DataSource source;
    private final Set<LiveStream> streams = ConcurrentHashMap.newKeySet();
    private final Semaphore watched = new Semaphore(0);
    private final Set<Long> told = new HashSet<>();
    private final Deque<Begun> begun = new ArrayDeque<>();
    private volatile boolean stopped;

    /** Which transactions had begun by when. */
    private record Begun(long at, long newest) {}

    Tail(Outbox outbox, DataSource source) {
        this.outbox = outbox;
        this.source = source;
    }

    void start() {
        Thread.ofPlatform().name("live").daemon().start(this::live);
    }

    void stop() {
        stopped = true;
        watched.release();
        streams.forEach(LiveStream::end);
    }

    void add(LiveStream stream) {
        streams.add(stream);
        watched.release();
        if (stopped) {
            stream.end();
        }
    }

    void remove(LiveStream stream) {
        streams.remove(stream);
    }

    int size() {
        return streams.size();
    }

    private void live() {
        while (!stopped) {
            watched.acquireUninterruptibly();
            watched.drainPermits();
            while (!stopped && !streams.isEmpty()) {
                try (Connection connection = source.getConnection()) {
                    listen(connection);
                } catch (SQLException | DataAccessException | TransactionException e) {
                    LOG.debug("Not listening: {}", e.getMessage());
                    pause(AFTER_FAILURE);
                }
            }
        }
    }

    private void listen(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("listen temper_live");
            try {
                long since =
                        streams.stream().mapToLong(LiveStream::cursor).min().orElseGet(outbox::horizon);
                while (!stopped && !streams.isEmpty()) {
                    since = hand(since);
                    pause(PAUSE);
                    awaitNotice(connection.unwrap(PGConnection.class));
                }
            } finally {
                statement.execute("unlisten temper_live");
            }
        }
    }

    /** In slices, so that a stop need not wait. */
    private void awaitNotice(PGConnection connection) throws SQLException {
        long end = System.nanoTime() + WITHOUT_NOTICE.toNanos();
        boolean noticed = false;
        while (!noticed && !stopped && !streams.isEmpty() && System.nanoTime() < end) {
            noticed = connection.getNotifications(SLICE).length > 0;
        }
    }

    /** Tells what is new; where to go on. */
    private long hand(long since) {
        Outbox.Batch batch = outbox.since(since);
        boolean tooMany = batch.facts().size() == Outbox.MOST;
        for (Outbox.Kept kept : batch.facts()) {
            if (told.add(kept.id())) {
                streams.forEach(stream -> stream.tell(kept.fact(), since));
            }
        }
        long next = tooMany ? batch.newest() : Math.max(batch.horizon(), oldest(batch.newest()));
        if (tooMany) {
            streams.forEach(LiveStream::lookAnew);
        }
        streams.forEach(stream -> stream.reached(next));
        Set<Long> again = new HashSet<>();
        batch.facts().stream().filter(kept -> kept.xact() >= next).forEach(kept -> again.add(kept.id()));
        told.retainAll(again);
        return next;
    }

    /** The transaction from which on those that are under way are still waited for. */
    private long oldest(long newest) {
        long now = System.nanoTime();
        begun.addLast(new Begun(now, newest));
        long oldest = 0;
        while (now - begun.getFirst().at() > LONGEST.toNanos()) {
            oldest = begun.removeFirst().newest();
        }
        return oldest;
    }

    private static void pause(Duration length) {
        try {
            Thread.sleep(length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
