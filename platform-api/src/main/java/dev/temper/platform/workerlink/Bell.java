package dev.temper.platform.workerlink;

import dev.temper.platform.job.Summons;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Lets requests wait until the platform wants something of their worker. As long as anybody waits, one thread looks, with
 * one small question for all of them: what a waiting worker costs does not grow with how often it is looked.
 */
@Component
class Bell {
    private static final Logger log = LoggerFactory.getLogger(Bell.class);

    private final Summons summons;
    private final LinkSettings settings;
    private int waiting;
    private boolean looking;
    private boolean closed;
    /** What the last look found. */
    private Set<UUID> wanted = Set.of();

    private long looks;

    Bell(Summons summons, LinkSettings settings) {
        this.summons = summons;
        this.settings = settings;
    }

    /**
     * Tries until there is an answer or the wait is over; after the first time only when there is something for the node.
     * Holds no transaction meanwhile.
     */
    <T> Optional<T> await(UUID node, Duration wait, Supplier<Optional<T>> attempt) throws InterruptedException {
        Optional<T> answer = attempt.get();
        long deadline = System.nanoTime() + wait.toNanos();
        while (answer.isEmpty() && rung(node, deadline)) {
            answer = attempt.get();
        }
        return answer;
    }

    /** Whether there is something for the node before the deadline. */
    private synchronized boolean rung(UUID node, long deadline) throws InterruptedException {
        waiting++;
        try {
            long seen = looks;
            if (!looking && !closed) {
                looking = true;
                Thread.ofVirtual().name("worker-link-bell").start(this::look);
            }
            while (looks == seen || !wanted.contains(node)) {
                long left = deadline - System.nanoTime();
                if (left <= 0 || closed) {
                    return false;
                }
                wait(left / 1_000_000 + 1);
            }
            return true;
        } finally {
            waiting--;
        }
    }

    private void look() {
        try {
            while (anybody()) {
                Thread.sleep(settings.glance());
                try {
                    tell(summons.nodes());
                } catch (DataAccessException | TransactionException e) {
                    // Whoever waits asks the database again by itself, and says what is wrong.
                    log.debug("The look for workers' work failed", e);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** In one step with the end of looking, so that nobody who comes now waits for a look that is over. */
    private synchronized boolean anybody() {
        looking = waiting > 0 && !closed;
        return looking;
    }

    private synchronized void tell(Set<UUID> nodes) {
        wanted = nodes;
        looks++;
        notifyAll();
    }

    @PreDestroy
    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
