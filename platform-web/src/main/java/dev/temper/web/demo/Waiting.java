package dev.temper.web.demo;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Looks again and again until something is so, or too long has passed. */
record Waiting(Duration patience, Duration glance) {
    <T> T until(String what, Supplier<T> look, Predicate<T> done) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            T now = look.get();
            if (done.test(now)) {
                return now;
            }
            if (System.nanoTime() > deadline) {
                throw new DemoFailed("Waited %d minutes in vain for %s.".formatted(patience.toMinutes(), what));
            }
            try {
                Thread.sleep(glance);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new DemoFailed("It was interrupted.", e);
            }
        }
    }
}
