package dev.temper.web.shell;

import dev.temper.platform.common.Caller;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Does what a form asks for once, however often its button is pressed: the form carries a key drawn with it, and a
 * second submit with that key is led to where the first one went.
 */
@Component
public class Once {
    private static final Duration KEPT = Duration.ofMinutes(15);

    private final ConcurrentMap<String, Submit> submits = new ConcurrentHashMap<>();
    private final Clock clock;

    Once(Clock clock) {
        this.clock = clock;
    }

    private record Submit(Instant at, CompletableFuture<String> result) {}

    /** A key for a form that is about to be drawn. */
    public String key() {
        return UUID.randomUUID().toString();
    }

    /**
     * Runs the work, or waits for the submit that runs it already.
     *
     * @return where the work leads
     */
    public String lead(String key, Supplier<String> work) {
        forgetOld();
        var mine = new Submit(clock.instant(), new CompletableFuture<>());
        String name = Caller.current().person().map(UUID::toString).orElse("") + ":" + key;
        Submit first = submits.putIfAbsent(name, mine);
        if (first != null) {
            return await(first);
        }
        try {
            String where = work.get();
            mine.result.complete(where);
            return where;
        } catch (RuntimeException refused) {
            // Nothing was done, so the corrected form may come with the same key.
            submits.remove(name, mine);
            mine.result.completeExceptionally(refused);
            throw refused;
        }
    }

    private static String await(Submit first) {
        try {
            return first.result.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException same) {
                throw same;
            }
            throw failed;
        }
    }

    private void forgetOld() {
        Instant old = clock.instant().minus(KEPT);
        submits.values().removeIf(submit -> submit.at.isBefore(old));
    }
}
