package dev.temper.contract.link;

import java.util.List;

/**
 * What the worker is to do.
 *
 * @param runs one entry for each lease that holds
 * @param lost leases that are over: their runs are killed and nothing of them is taken any more but the events
 * @param cordoned whether the worker is given no new runs
 */
public record HeartbeatAnswer(List<Renewal> runs, List<LeaseId> lost, boolean cordoned) implements LinkMessage {
    public HeartbeatAnswer {
        runs = LinkCheck.list("runs", runs, LinkCheck.MAX_LIST);
        lost = LinkCheck.list("lost", lost, LinkCheck.MAX_LIST);
    }
}
