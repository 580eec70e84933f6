package dev.temper.contract.link;

import java.util.List;

/**
 * Asks for a run; the platform holds the answer back until there is one or the wait is over.
 *
 * @param waitMillis how long to wait, at most 30 s
 * @param kinds the kinds of runs the worker can do; runs of others are not planned for it from then on
 * @param holding the leases it has; one that is given to it and not among these is offered again, because the answer
 *     that offered it was lost
 */
public record LeaseRequest(long waitMillis, List<String> kinds, List<LeaseId> holding) implements LinkMessage {
    public static final long MAX_WAIT_MILLIS = 30_000;

    public LeaseRequest {
        LinkCheck.range("waitMillis", waitMillis, 0, MAX_WAIT_MILLIS);
        kinds = LinkCheck.list("kinds", kinds, 50);
        kinds.forEach(kind -> LinkCheck.name("kinds", kind));
        holding = LinkCheck.list("holding", holding, LinkCheck.MAX_LIST);
    }
}
