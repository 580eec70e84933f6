package dev.temper.platform.tenant.database;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Where transactions wait for their turn. A thousand pages that come back at once, as after a restart, ask for far more
 * connections than there are; the pool gives up on each after the few seconds in which a database that is gone must be told
 * of. Here they wait longer, in the order in which they came, and the pool only sees those whose turn it is.
 */
final class Line {
    private final Semaphore turns;
    private final Duration patience;
    /** How many transactions this thread is in: one within another goes first, or all might wait for each other. */
    private final ThreadLocal<Integer> depth = ThreadLocal.withInitial(() -> 0);

    Line(int turns, Duration patience) {
        this.turns = new Semaphore(turns, true);
        this.patience = patience;
    }

    void enter() {
        if (depth.get() == 0 && !comesUp()) {
            throw new CannotCreateTransactionException("No turn came up in %s".formatted(patience));
        }
        depth.set(depth.get() + 1);
    }

    void leave() {
        int left = depth.get() - 1;
        if (left > 0) {
            depth.set(left);
            return;
        }
        depth.remove();
        turns.release();
    }

    private boolean comesUp() {
        try {
            return turns.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotCreateTransactionException("Interrupted in the line for a connection", e);
        }
    }
}
