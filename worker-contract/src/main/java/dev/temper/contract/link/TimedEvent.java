package dev.temper.contract.link;

import java.time.Instant;

/**
 * An event and when it was.
 *
 * @param at by the worker's clock
 */
public record TimedEvent(Instant at, WorkerEvent event) {
    public TimedEvent {
        LinkCheck.time("at", at);
        LinkCheck.present("event", event);
    }
}
