package dev.temper.contract.link;

import java.time.Instant;
import java.util.List;

/**
 * What happened in a run, in its order and without gaps. Sending some of it again changes nothing.
 *
 * @param fence of the lease it happened under; events of a lease that is over are still taken, they are its history
 * @param sentAt by the worker's clock: the platform moves the events' times by how far that is off its own
 * @param firstSeq the number of the first event; the first of a lease has 1
 */
public record EventBatch(long fence, Instant sentAt, long firstSeq, List<TimedEvent> events) implements LinkMessage {
    public static final int MAX_EVENTS = 500;

    public EventBatch {
        LinkCheck.positive("fence", fence);
        LinkCheck.time("sentAt", sentAt);
        LinkCheck.range("firstSeq", firstSeq, 1, 1L << 50);
        events = LinkCheck.list("events", events, MAX_EVENTS);
    }
}
