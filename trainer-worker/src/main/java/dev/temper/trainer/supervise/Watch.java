package dev.temper.trainer.supervise;

import dev.temper.contract.link.Directive;
import dev.temper.contract.link.Failure;
import dev.temper.contract.link.LeaseOffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Whether a run does as it should: goes on, keeps to its memory and time, and stops when it is told to. */
final class Watch {
    private final SupervisorSettings settings;
    private final Duration longest;
    private final long memory;
    private final long began;
    private volatile long lastProgress;
    private volatile @Nullable Directive told;
    private volatile long toldAt;

    /** What to think of it. */
    sealed interface Verdict {}

    record Well() implements Verdict {}

    /** It was told to stop and does not. */
    record Late() implements Verdict {}

    /** It has to be ended, and this is why. */
    record Guilty(Failure failure) implements Verdict {}

    Watch(SupervisorSettings settings, LeaseOffer offer) {
        this.settings = settings;
        this.longest = Duration.ofMillis(offer.maxRunMillis());
        this.memory = settings.memoryFor(offer);
        this.began = settings.nanos().getAsLong();
        this.lastProgress = began;
    }

    /** It has said something. */
    void progress() {
        lastProgress = settings.nanos().getAsLong();
    }

    void wanted(Directive directive) {
        if (directive.stops()) {
            told = directive;
            toldAt = settings.nanos().getAsLong();
        }
    }

    Verdict look(long memoryBytes) {
        long now = settings.nanos().getAsLong();
        Directive wish = told;
        if (wish != null) {
            Duration patience = wish == Directive.CANCEL ? settings.cancelPatience() : settings.stopPatience();
            return now - toldAt > patience.toNanos() ? new Late() : new Well();
        }
        if (memory > 0 && memoryBytes > memory) {
            return new Guilty(new Failure(
                    Failure.Cause.RESOURCES,
                    "memory_limit_reached",
                    "The run took %,d MiB of the host's memory; its share is %,d MiB."
                            .formatted(memoryBytes >> 20, memory >> 20),
                    "Make the batch or the cutoff smaller, or ask for more devices: the share grows with them."));
        }
        if (longest.isPositive() && now - began > longest.toNanos()) {
            return new Guilty(new Failure(
                    Failure.Cause.USER,
                    "ran_too_long",
                    "The run took longer than the %s it may.".formatted(longest),
                    "Start a shorter one from its last checkpoint."));
        }
        if (now - lastProgress > settings.silence().toNanos()) {
            return new Guilty(new Failure(
                    Failure.Cause.INTERNAL,
                    "run_silent",
                    "The run said nothing for %s and was ended.".formatted(settings.silence()),
                    "If its steps take that long, start the worker with a longer --silence."));
        }
        return new Well();
    }
}
