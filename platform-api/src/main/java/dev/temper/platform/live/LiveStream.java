package dev.temper.platform.live;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one page hears. It is read by one thread, which may wait; whoever does not keep up is told to look anew instead of
 * being sent everything.
 */
public final class LiveStream implements AutoCloseable {
    private static final int MOST_WAITING = 256;

    private final @Nullable UUID tenantId;
    private final Set<String> topics;
    private final Consumer<LiveStream> closed;
    private final BlockingQueue<Told> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private volatile long cursor;
    private volatile boolean overflowed;
    private volatile boolean ended;

    /**
     * Makes a stream.
     *
     * @param tenantId whose facts it hears; null for the platform's admins, who hear of every tenant that something changed
     */
    LiveStream(@Nullable UUID tenantId, Set<String> topics, long cursor, Consumer<LiveStream> closed) {
        this.tenantId = tenantId;
        this.topics = Set.copyOf(topics);
        this.cursor = cursor;
        this.closed = closed;
    }

    /**
     * The next thing there is to tell, or after so long that there is nothing.
     *
     * @return null where the stream has ended
     */
    public @Nullable Told next(Duration atMost) throws InterruptedException {
        if (ended) {
            return null;
        }
        if (overflowed) {
            waiting.clear();
            overflowed = false;
            return new Told(cursor, null, true);
        }
        Told next = waiting.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
        if (ended) {
            return null;
        }
        return next == null ? new Told(cursor, null, false) : next;
    }

    long cursor() {
        return cursor;
    }

    boolean hears(Fact fact) {
        boolean ours = tenantId == null || fact.tenantId() == null || tenantId.equals(fact.tenantId());
        return ours && fact.under(topics);
    }

    void tell(Fact fact, long at) {
        if (hears(fact)) {
            offer(new Told(at, tenantId == null ? bare(fact) : fact, false));
        }
    }

    /** Nothing was told that this stream does not have in its queue. */
    void reached(long at) {
        if (waiting.isEmpty()) {
            cursor = at;
        }
    }

    void lookAnew() {
        overflowed = true;
        offer(new Told(cursor, null, true));
    }

    void end() {
        ended = true;
        offer(new Told(cursor, null, false));
    }

    private void offer(Told told) {
        if (!waiting.offer(told)) {
            overflowed = true;
        }
    }

    /** The platform's admins hear that something changed, not what of whose. */
    private static Fact bare(Fact fact) {
        if (fact.tenantId() == null) {
            return fact;
        }
        int dot = fact.topic().indexOf('.');
        String root = dot < 0 ? fact.topic() : fact.topic().substring(0, dot);
        return new Fact(null, root, "{\"type\":\"" + root + ".changed\"}");
    }

    @Override
    public void close() {
        ended = true;
        closed.accept(this);
    }
}
