package dev.temper.trainer.supervise;

import dev.temper.contract.link.EventBatch;
import dev.temper.contract.link.EventsHeld;
import java.io.IOException;
import java.time.InstantSource;

/** Brings the events of one lease to the platform, in their order, however often the way breaks. */
public final class EventDelivery {
    /** Where batches go. */
    @FunctionalInterface
    public interface Receiver {
        EventsHeld take(EventBatch batch) throws IOException;
    }

    /** How far it came. */
    public enum Progress {
        /** The platform holds every event. */
        COMPLETE,
        /** The same, and it says that the lease is over. */
        LEASE_LOST,
        /** The platform can't be reached or takes nothing; to be tried again later. */
        LATER
    }

    private final EventSpool spool;
    private final long fence;
    private final InstantSource clock;
    private final Receiver receiver;

    public EventDelivery(EventSpool spool, long fence, InstantSource clock, Receiver receiver) {
        this.spool = spool;
        this.fence = fence;
        this.clock = clock;
        this.receiver = receiver;
    }

    /** Sends until the platform holds all there is, or until the first failure. */
    public Progress deliver() {
        boolean lost = false;
        while (true) {
            EventBatch batch = spool.pending(fence, clock.instant());
            if (batch.events().isEmpty()) {
                return lost ? Progress.LEASE_LOST : Progress.COMPLETE;
            }
            EventsHeld answer;
            try {
                answer = receiver.take(batch);
            } catch (IOException _) {
                return Progress.LATER;
            }
            spool.held(answer.highest());
            lost = answer.lost();
            if (answer.highest() < batch.firstSeq()) {
                return Progress.LATER;
            }
        }
    }
}
