package dev.temper.platform.openai;

import dev.temper.contract.link.TimedEvent;
import dev.temper.contract.link.WorkerEvent;
import dev.temper.platform.common.FleetScope;
import dev.temper.platform.job.JobEvents;
import dev.temper.platform.job.JobView;
import dev.temper.platform.resource.NodeView;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Tells what happened in a run, as its worker would. */
@Component
class RunTellings {
    private final JobEvents events;
    private final TransactionTemplate transaction;
    private final Clock clock;

    RunTellings(JobEvents events, TransactionTemplate transaction, Clock clock) {
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
    }

    void tell(NodeView node, JobView job, long fence, List<WorkerEvent> told) {
        List<TimedEvent> timed = told.stream()
                .map(event -> new TimedEvent(clock.instant(), event))
                .toList();
        FleetScope.run(() -> transaction.executeWithoutResult(
                _ -> events.keep(node.id(), job.id(), fence, 1, timed, Duration.ZERO)));
    }
}
