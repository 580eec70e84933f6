package dev.temper.platform.job;

import dev.temper.platform.audit.Audit;
import dev.temper.platform.audit.AuditAction;
import dev.temper.platform.audit.AuditTarget;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Ids;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.Keyset;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.TenantScope;
import dev.temper.platform.resource.Admission;
import dev.temper.platform.resource.Admitted;
import dev.temper.platform.resource.Demand;
import dev.temper.platform.tenant.TenantNumbers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The jobs of the tenant in scope: everybody there sees them, people change their own and admins all. */
@Service
@Transactional
public class Jobs {
    private static final UUID LAST = new UUID(-1, -1);
    private static final int MOST_OF_TASK = 100;

    private final JobRepository jobs;
    private final JobRows rows;
    private final JobHistory history;
    private final Attempts attempts;
    private final LetGo letGo;
    private final Admission admission;
    private final TenantNumbers numbers;
    private final JobFiles files;
    private final Map<String, RunKind> kinds = new TreeMap<>();
    private final Audit audit;
    private final Clock clock;

    Jobs(
            JobRepository jobs,
            JobRows rows,
            JobHistory history,
            Attempts attempts,
            LetGo letGo,
            Admission admission,
            TenantNumbers numbers,
            JobFiles files,
            List<RunKind> kinds,
            Audit audit,
            Clock clock) {
        this.jobs = jobs;
        this.rows = rows;
        this.history = history;
        this.attempts = attempts;
        this.letGo = letGo;
        this.admission = admission;
        this.numbers = numbers;
        this.files = files;
        kinds.forEach(kind -> this.kinds.put(kind.name(), kind));
        this.audit = audit;
        this.clock = clock;
    }

    /** Newest first. */
    @Transactional(readOnly = true)
    public Page<JobView> list(JobFilter filter, PageQuery page) {
        Caller.current().require(Permission.READ);
        UUID before = page.after().map(key -> key.uuid(0)).orElse(LAST);
        return page.slice(rows.before(TenantScope.require(), filter, before, page.fetch()), job -> Keyset.of(job.id()));
    }

    @Transactional(readOnly = true)
    public JobView get(UUID id) {
        Caller.current().require(Permission.READ);
        return find(id);
    }

    /** Those of these that the scope may see. */
    @Transactional(readOnly = true)
    public Map<UUID, JobView> of(Collection<UUID> ids) {
        Caller.current().require(Permission.READ);
        return rows.of(ids).stream().collect(Collectors.toMap(JobView::id, job -> job));
    }

    /** Those of a kind that belong to a task, newest first. */
    @Transactional(readOnly = true)
    public List<JobView> ofTask(UUID task, String kind) {
        Caller.current().require(Permission.READ);
        return rows.ofTask(task, kind, MOST_OF_TASK);
    }

    @Transactional(readOnly = true)
    public JobView byNumber(long number) {
        Caller.current().require(Permission.READ);
        return rows.findByNumber(TenantScope.require(), number).orElseThrow(ErrorCode.NOT_FOUND::problem);
    }

    /** What is run, as JSON. */
    @Transactional(readOnly = true)
    public String spec(UUID id) {
        return rows.spec(get(id).id());
    }

    /** Every state it went through, oldest first. */
    @Transactional(readOnly = true)
    public List<Transition> history(UUID id) {
        return history.of(get(id).id());
    }

    @Transactional(readOnly = true)
    public List<AttemptView> attempts(UUID id) {
        return attempts.of(get(id).id());
    }

    /** Puts a job into the queue, unless it could never leave it. */
    public JobView submit(JobRequest asked) {
        Caller.current().require(Permission.WRITE);
        return submit(asked, Caller.current().requirePerson(), null);
    }

    /** The same again, as the caller's own. */
    public JobView clone(UUID id, @Nullable String name) {
        Caller.current().require(Permission.WRITE);
        JobView of = find(id);
        JobRequest again = new JobRequest(
                name == null ? of.name() : name,
                of.kind(),
                rows.spec(id),
                of.pool(),
                of.devices(),
                of.deviceKind(),
                Duration.ofSeconds(of.estimateSeconds()),
                of.priority(),
                of.maxRetries(),
                of.taskId());
        JobView made = submit(again, Caller.current().requirePerson(), id);
        files.share(id, made.id());
        return made;
    }

    /** Ends it now. Ending what has been cancelled changes nothing. */
    public JobView cancel(UUID id) {
        Job job = own(id);
        if (job.state() == JobState.CANCELLED) {
            return find(id);
        }
        boolean taken = job.state() != JobState.ASSIGNED;
        return changed(job, AuditAction.JOB_CANCELLED, (actor, now) -> {
            Transition made = job.cancel(actor, now);
            if (!taken) {
                letGo.of(job, "cancelled", now);
            }
            return Optional.of(made);
        });
    }

    /** Stops it until it is resumed: at once while it waits, after a checkpoint while it runs. */
    public JobView pause(UUID id) {
        Job job = own(id);
        return changed(job, AuditAction.JOB_PAUSED, (actor, now) -> {
            Transition made = job.pause(actor, now);
            if (job.state() == JobState.PAUSED) {
                letGo.of(job, "paused", now);
            }
            return Optional.of(made);
        });
    }

    public JobView resume(UUID id) {
        Job job = own(id);
        return changed(job, AuditAction.JOB_RESUMED, (actor, now) -> Optional.of(job.resume(actor, now)));
    }

    /** Has it come sooner or later. */
    public JobView prioritise(UUID id, int priority, IfMatch version) {
        Job job = own(id);
        version.check(job.version());
        admission.admitPriority(job.poolId(), priority);
        return changed(job, AuditAction.JOB_PRIORITISED, (_, _) -> {
            job.prioritise(priority);
            return Optional.empty();
        });
    }

    /** Asks the run for a checkpoint beyond those it writes by itself. */
    public JobView checkpoint(UUID id) {
        Job job = own(id);
        return changed(job, AuditAction.JOB_CHECKPOINT_ASKED, (_, now) -> {
            job.wantCheckpoint(now);
            return Optional.empty();
        });
    }

    private JobView submit(JobRequest asked, UUID user, @Nullable UUID clonedFrom) {
        RunKind kind = kinds.get(asked.kind());
        if (kind == null) {
            throw ErrorCode.FIELD_NOT_A_CHOICE
                    .at("/kind")
                    .with("value", asked.kind())
                    .with("choices", List.copyOf(kinds.keySet()));
        }
        kind.check(asked.spec());
        Admitted to = admission.admit(new Demand(
                asked.kind(),
                asked.pool(),
                asked.devices(),
                asked.deviceKind(),
                asked.estimate(),
                asked.priority(),
                user));
        Instant now = now();
        Job job = jobs.saveAndFlush(new Job(Ids.next(), numbers.next("jobs"), user, to, asked, clonedFrom, now));
        history.keep(job, job.submitted(JobHistory.actor().name()));
        jobs.saveAndFlush(job);
        JobView made = find(job.id());
        audit.record(AuditAction.JOB_SUBMITTED, target(made), null, made);
        return made;
    }

    private JobView changed(Job job, AuditAction action, BiFunction<String, Instant, Optional<Transition>> change) {
        JobView before = find(job.id());
        change.apply(JobHistory.actor().name(), now()).ifPresent(made -> history.keep(job, made));
        jobs.saveAndFlush(job);
        JobView after = find(job.id());
        audit.record(action, target(after), before, after);
        return after;
    }

    /** A job that the caller may change: their own, or any for an admin. */
    private Job own(UUID id) {
        Caller caller = Caller.current();
        caller.require(Permission.READ);
        Job job = jobs.lock(id).orElseThrow(ErrorCode.NOT_FOUND::problem);
        caller.require(Permission.WRITE);
        if (!caller.person().equals(Optional.of(job.userId()))) {
            caller.require(Permission.MANAGE_TENANT);
        }
        return job;
    }

    private JobView find(UUID id) {
        return rows.find(id).orElseThrow(ErrorCode.NOT_FOUND::problem);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static AuditTarget target(JobView job) {
        return AuditTarget.of("job", job.id(), "#" + job.number() + " " + job.name());
    }
}
