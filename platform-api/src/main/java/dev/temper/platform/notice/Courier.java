package dev.temper.platform.notice;

import dev.temper.contract.web.OpenWeb;
import dev.temper.platform.common.FleetScope;
import dev.temper.platform.common.Problem;
import dev.temper.platform.notice.DeliveryTable.Due;
import dev.temper.platform.notice.DeliveryView.State;
import dev.temper.platform.notice.DeliveryView.Try;
import dev.temper.platform.tenant.Secrets;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Brings messages to webhooks: at least once, signed, and again where a receiver did not take them. Several may work at once,
 * and one that is killed leaves nothing undone.
 */
@Component
class Courier {
    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
    private static final int GONE = 410;

    private final DeliveryTable table;
    private final TransactionOperations transactions;
    private final Secrets secrets;
    private final OpenWeb web;
    private final Clock clock;

    Courier(
            DeliveryTable table,
            TransactionOperations transactions,
            Secrets secrets,
            WebhookSettings settings,
            Clock clock) {
        this.table = table;
        this.transactions = transactions;
        this.secrets = secrets;
        this.web = new OpenWeb(_ -> settings.allowPrivate(), settings.timeout());
        this.clock = clock;
    }

    /** Sends what is due, all at the same time: one that does not answer keeps the others waiting no longer than that. */
    void deliver() {
        List<Callable<@Nullable Void>> due = onFleet(table::claim).stream()
                .map(one -> (Callable<@Nullable Void>) () -> {
                    deliver(one);
                    return null;
                })
                .toList();
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("webhook").factory())) {
            threads.invokeAll(due);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliver(Due due) {
        try {
            Try tried = send(due);
            onFleet(() -> {
                keep(due, tried);
                return true;
            });
        } catch (RuntimeException unforeseen) {
            // It is tried again when its claim has run out.
            LOG.warn("How delivery {} went could not be kept", due.id(), unforeseen);
        }
    }

    private Try send(Due due) {
        Instant at = clock.instant();
        long began = System.nanoTime();
        Integer status = null;
        Obstacle obstacle = null;
        try {
            String secret = secrets.decrypt(due.webhook(), due.secret().array());
            String id = due.id().toString();
            status = web.post(
                    URI.create(due.url()),
                    due.body(),
                    request -> request.header("Content-Type", "application/json")
                            .header("User-Agent", "Temper")
                            .header("webhook-id", id)
                            .header("webhook-timestamp", String.valueOf(at.getEpochSecond()))
                            .header("webhook-signature", Signature.of(secret, id, at.getEpochSecond(), due.body())));
        } catch (IOException failure) {
            obstacle = Obstacle.of(failure);
        } catch (Problem noKey) {
            obstacle = Obstacle.SECRET_UNREADABLE;
        }
        return new Try(at, Duration.ofNanos(System.nanoTime() - began).toMillis(), status, obstacle);
    }

    private void keep(Due due, Try tried) {
        Integer status = tried.status();
        boolean taken = status != null && status >= 200 && status < 300;
        // Whoever says that there is no such receiver any more means it.
        Optional<Duration> wait = status != null && status == GONE ? Optional.empty() : Backoff.after(due.attempts());
        State state = taken ? State.DELIVERED : wait.isPresent() ? State.PENDING : State.FAILED;
        table.tried(due.id(), state, tried, clock.instant().plus(wait.orElse(Duration.ZERO)));
    }

    private <T> T onFleet(Supplier<T> work) {
        return FleetScope.call(() -> Objects.requireNonNull(transactions.execute(_ -> work.get())));
    }
}
