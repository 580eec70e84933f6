package dev.temper.trainer.supervise;

import dev.temper.contract.link.LeaseOffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * How a supervisor goes about its work.
 *
 * @param clock that events are dated by
 * @param nanos that lengths of time are measured by
 * @param glance how often it looks after each run
 * @param tell how often it takes a run's events to the platform; more rarely the more runs there are, so that the
 *     platform's limit of requests is never reached
 * @param beat how often it says that it lives; directives come at once all the same
 * @param leaseWait how long it lets the platform look for a run
 * @param cancelPatience what a cancelled run gets to end by itself
 * @param stopPatience what a run that is to stop gets to write its checkpoint
 * @param silence how long a run may say nothing
 * @param leastFreeDisk bytes; with less it takes no runs
 * @param hostMemory bytes
 * @param devices how many there are to share it
 */
record SupervisorSettings(
        InstantSource clock,
        LongSupplier nanos,
        Duration glance,
        Duration tell,
        Duration beat,
        Duration leaseWait,
        Duration cancelPatience,
        Duration stopPatience,
        Duration silence,
        long leastFreeDisk,
        long hostMemory,
        int devices) {
    /** With more runs than these each is told of more rarely. */
    private static final int UNHURRIED = 10;

    private static final Duration SHORTEST_PATIENCE = Duration.ofSeconds(2);

    static SupervisorSettings of(long hostMemory, int devices, Duration silence, long leastFreeDisk) {
        return new SupervisorSettings(
                InstantSource.system(),
                System::nanoTime,
                Duration.ofMillis(100),
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                Duration.ofSeconds(25),
                Duration.ofSeconds(1),
                Duration.ofMinutes(10),
                silence,
                leastFreeDisk,
                hostMemory,
                devices);
    }

    /** How long the answer to a heartbeat may take beyond the beat, before the next one is sent in its place. */
    Duration beatPatience() {
        return beat.compareTo(SHORTEST_PATIENCE) > 0 ? beat : SHORTEST_PATIENCE;
    }

    /** How long to wait between two deliveries of a run's events when there are so many runs. */
    Duration pace(int runs) {
        return tell.multipliedBy(Math.max(UNHURRIED, runs)).dividedBy(UNHURRIED);
    }

    /** What a run may take of the host's memory: what the offer says, else its share by its devices. */
    long memoryFor(LeaseOffer offer) {
        return offer.memoryBytes() > 0
                ? offer.memoryBytes()
                : hostMemory
                        / Math.max(1, devices)
                        * Math.max(1, offer.devices().size());
    }
}
