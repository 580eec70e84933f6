package dev.temper.platform.workerlink;

import dev.temper.contract.link.Directive;
import dev.temper.contract.link.EventBatch;
import dev.temper.contract.link.EventsHeld;
import dev.temper.contract.link.FileRef;
import dev.temper.contract.link.Heartbeat;
import dev.temper.contract.link.HeartbeatAnswer;
import dev.temper.contract.link.LeaseId;
import dev.temper.contract.link.LeaseOffer;
import dev.temper.contract.link.LeaseRequest;
import dev.temper.contract.link.LinkJson;
import dev.temper.contract.link.Outcome;
import dev.temper.contract.link.OutcomeKept;
import dev.temper.contract.link.Phase;
import dev.temper.contract.link.Renewal;
import dev.temper.contract.link.RunBeat;
import dev.temper.contract.link.TimedEvent;
import dev.temper.contract.link.WorkerEvent;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.FleetScope;
import dev.temper.platform.common.Problem;
import dev.temper.platform.job.Checkpoint;
import dev.temper.platform.job.ClaimedRun;
import dev.temper.platform.job.Failure;
import dev.temper.platform.job.FailureClass;
import dev.temper.platform.job.JobEvents;
import dev.temper.platform.job.RunDirective;
import dev.temper.platform.job.RunEnd;
import dev.temper.platform.job.Runs;
import dev.temper.platform.resource.DeviceView;
import dev.temper.platform.workerlink.Workers.Known;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** What workers ask, in the link's words; who they are is made sure of before. */
@Service
public class WorkerLink {
    private final Workers workers;
    private final Runs runs;
    private final JobEvents events;
    private final RunContents contents;
    private final Bell bell;
    private final LinkSettings settings;
    private final Clock clock;
    private final TransactionOperations transactions;

    WorkerLink(
            Workers workers,
            Runs runs,
            JobEvents events,
            RunContents contents,
            Bell bell,
            LinkSettings settings,
            Clock clock,
            TransactionOperations transactions) {
        this.workers = workers;
        this.runs = runs;
        this.events = events;
        this.contents = contents;
        this.bell = bell;
        this.settings = settings;
        this.clock = clock;
        this.transactions = transactions;
    }

    /** A run for the worker, as soon as there is one; empty where none came in time. */
    public Optional<LeaseOffer> lease(UUID node, LeaseRequest asked) throws InterruptedException {
        workers.seen(node, asked);
        Optional<ClaimedRun> unheard = unheard(node, asked.holding());
        if (unheard.isPresent()) {
            return unheard.map(this::offer);
        }
        return bell.await(
                        node,
                        Duration.ofMillis(asked.waitMillis()),
                        () -> runs.claim(node, asked.kinds(), settings.lease()))
                .map(this::offer);
    }

    /**
     * A run that was given to the worker by an answer it never got. If something was told of it, the worker had it and
     * has lost it since: what it remembers of it is gone, so the attempt is over.
     */
    private Optional<ClaimedRun> unheard(UUID node, List<LeaseId> holding) {
        for (ClaimedRun run : runs.heldBy(node)) {
            if (!holding.contains(new LeaseId(run.jobId(), run.fence()))) {
                if (told(node, run) == 0) {
                    runs.renew(node, run.fence(), settings.lease());
                    return Optional.of(run);
                }
                runs.lost(node, run.fence());
            }
        }
        return Optional.empty();
    }

    private long told(UUID node, ClaimedRun run) {
        return onFleet(() -> events.held(node, run.jobId(), run.fence()));
    }

    private LeaseOffer offer(ClaimedRun run) {
        return new LeaseOffer(
                new LeaseId(run.jobId(), run.fence()),
                run.attempt(),
                run.kind(),
                LinkJson.document(run.spec()),
                run.devices().stream().map(DeviceView::hardwareId).toList(),
                settings.lease().toMillis(),
                0,
                0,
                contents.given(run));
    }

    /** Makes the leases of the worker's runs longer, and says what it is to do with them as soon as there is something. */
    public HeartbeatAnswer heartbeat(Known worker, Heartbeat beat) throws InterruptedException {
        UUID node = worker.nodeId();
        workers.seen(node, beat.telemetry());
        HeartbeatAnswer[] last = new HeartbeatAnswer[1];
        return bell.await(node, Duration.ofMillis(beat.waitMillis()), () -> {
                    last[0] = renew(worker, beat.runs());
                    return Optional.of(last[0]).filter(answer -> news(answer, beat.runs()));
                })
                .orElseGet(() -> Objects.requireNonNull(last[0]));
    }

    private HeartbeatAnswer renew(Known worker, List<RunBeat> beats) {
        List<Renewal> held = new ArrayList<>();
        List<LeaseId> lost = new ArrayList<>();
        for (RunBeat beat : beats) {
            try {
                RunDirective wish = runs.renew(worker.nodeId(), beat.lease().fence(), settings.lease());
                held.add(new Renewal(
                        beat.lease(), directive(wish), settings.lease().toMillis()));
            } catch (Problem over) {
                if (over.code() != ErrorCode.FENCE_STALE) {
                    throw over;
                }
                lost.add(beat.lease());
            }
        }
        return new HeartbeatAnswer(held, lost, worker.cordoned());
    }

    /** Whether the answer says what the worker does not do already. */
    private static boolean news(HeartbeatAnswer answer, List<RunBeat> beats) {
        return !answer.lost().isEmpty()
                || answer.runs().stream()
                        .anyMatch(run -> run.directive() != Directive.CONTINUE
                                && beats.stream()
                                        .noneMatch(beat ->
                                                beat.lease().equals(run.lease()) && beat.obeyed() == run.directive()));
    }

    private static Directive directive(RunDirective wish) {
        return switch (wish) {
            case CONTINUE -> Directive.CONTINUE;
            case CHECKPOINT -> Directive.CHECKPOINT;
            case PAUSE -> Directive.PAUSE;
            case PREEMPT -> Directive.PREEMPT;
            case CANCEL -> Directive.CANCEL;
        };
    }

    /** Keeps what happened, and lets the job follow. */
    public EventsHeld events(UUID node, UUID job, EventBatch batch) {
        Set<FileRef> safe = contents.hold(node, job, batch.fence(), checkpoints(batch));
        EventsHeld held = onFleet(() -> {
            Duration shift = Duration.between(batch.sentAt(), clock.instant());
            JobEvents.Kept kept = events.keep(node, job, batch.fence(), batch.firstSeq(), batch.events(), shift);
            if (!kept.over()) {
                kept.added().forEach(told -> follow(node, job, batch.fence(), told.event(), safe));
            }
            return new EventsHeld(kept.held(), kept.over());
        });
        if (!safe.isEmpty()) {
            contents.tidy(node, job, batch.fence());
        }
        return held;
    }

    private void follow(UUID node, UUID job, long fence, WorkerEvent event, Set<FileRef> safe) {
        switch (event) {
            case WorkerEvent.Phased(Phase phase, String _) when phase == Phase.RUNNING -> runs.started(node, fence);
            case WorkerEvent.Checkpoint(long step, List<FileRef> files)
            when !files.isEmpty() && safe.containsAll(files) -> {
                contents.checkpointed(job, step, files);
                runs.checkpointed(node, fence, new Checkpoint(step, "step " + step));
            }
            case WorkerEvent.Phased _,
                    WorkerEvent.Checkpoint _,
                    WorkerEvent.Metrics _,
                    WorkerEvent.Log _,
                    WorkerEvent.Sample _,
                    WorkerEvent.Answer _,
                    WorkerEvent.Notice _,
                    WorkerEvent.Other _ -> {}
        }
    }

    /** The files that checkpoints in the batch consist of. */
    private static List<FileRef> checkpoints(EventBatch batch) {
        return batch.events().stream()
                .map(TimedEvent::event)
                .flatMap(event -> event instanceof WorkerEvent.Checkpoint(long _, List<FileRef> files)
                        ? files.stream()
                        : Stream.<FileRef>empty())
                .toList();
    }

    /** Ends an attempt, once everything before its end is here. */
    public OutcomeKept outcome(UUID node, UUID job, Outcome outcome) {
        long held = onFleet(() -> events.held(node, job, outcome.fence()));
        if (held < outcome.lastSeq()) {
            throw ErrorCode.EVENTS_MISSING.with("held", held).with("last", outcome.lastSeq());
        }
        contents.keep(node, job, outcome.fence(), outcome.files());
        boolean news = runs.finished(node, outcome.fence(), end(outcome));
        return new OutcomeKept(!news);
    }

    private static RunEnd end(Outcome outcome) {
        return switch (outcome.result()) {
            case SUCCEEDED -> new RunEnd.Succeeded();
            case FAILED -> new RunEnd.Failed(failure(Objects.requireNonNull(outcome.failure())));
            case CANCELLED, PAUSED, PREEMPTED -> new RunEnd.Stopped();
        };
    }

    private static Failure failure(dev.temper.contract.link.Failure told) {
        FailureClass kind = switch (told.cause()) {
            case USER -> FailureClass.USER;
            case RESOURCES -> FailureClass.RESOURCES;
            case INTERNAL, WORKER -> FailureClass.INTERNAL;
        };
        return new Failure(kind, told.code(), told.message(), told.remedy().isEmpty() ? null : told.remedy());
    }

    private <T> T onFleet(Supplier<T> work) {
        return FleetScope.call(() -> Objects.requireNonNull(transactions.execute(_ -> work.get())));
    }
}
