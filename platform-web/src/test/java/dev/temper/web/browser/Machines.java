package dev.temper.web.browser;

import dev.temper.platform.common.Caller;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.TenantScope;
import dev.temper.platform.job.Assignments;
import dev.temper.platform.job.Checkpoint;
import dev.temper.platform.job.Failure;
import dev.temper.platform.job.FailureClass;
import dev.temper.platform.job.JobRequest;
import dev.temper.platform.job.JobView;
import dev.temper.platform.job.Jobs;
import dev.temper.platform.job.RunEnd;
import dev.temper.platform.job.RunKind;
import dev.temper.platform.job.Runs;
import dev.temper.platform.resource.DeviceKind;
import dev.temper.platform.resource.DeviceReport;
import dev.temper.platform.resource.DeviceTelemetry;
import dev.temper.platform.resource.DeviceView;
import dev.temper.platform.resource.NodeView;
import dev.temper.platform.resource.Nodes;
import dev.temper.platform.resource.PoolChange;
import dev.temper.platform.resource.PoolView;
import dev.temper.platform.resource.Pools;
import dev.temper.platform.resource.QuotaLimits;
import dev.temper.platform.resource.Quotas;
import dev.temper.platform.resource.ReservationRequest;
import dev.temper.platform.resource.ReservationView;
import dev.temper.platform.resource.Reservations;
import dev.temper.platform.resource.Shares;
import dev.temper.platform.tenant.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.springframework.boot.test.context.TestComponent;

/**
 * What the people of {@link Cast} compute on: two pools, machines in every state, and jobs in most. Every device that
 * could be given away is taken, so that what waits goes on waiting.
 */
@TestComponent
class Machines {
    private static final Duration LEASE = Duration.ofHours(3);

    final NodeView busy;
    final NodeView draining;
    final PoolView pool;
    final JobView running;
    final JobView waiting;
    final JobView failed;
    final ReservationView reserved;

    private final Cast cast;
    private final Nodes nodes;
    private final Jobs jobs;
    private final Assignments assignments;
    private final Runs runs;

    Machines(
            Cast cast,
            Pools pools,
            Nodes nodes,
            Quotas quotas,
            Reservations reservations,
            Shares shares,
            Jobs jobs,
            Assignments assignments,
            Runs runs) {
        this.cast = cast;
        this.nodes = nodes;
        this.jobs = jobs;
        this.assignments = assignments;
        this.runs = runs;
        Caller system = Caller.system("test");
        this.pool = system.call(() -> pools.create(
                "a100-80g", new PoolChange("八卡 A100, 80 GiB " + Cast.HOSTILE, List.of("gpu=a100-80g"), 8)));
        PoolView second = system.call(() -> pools.create("h100-80g", new PoolChange("", List.of("gpu=h100-80g"), 0)));
        this.busy = node("gpu-01", pool, "A100-SXM4-80GB", 8);
        this.draining = node("gpu-02", pool, "A100-SXM4-80GB", 4);
        NodeView cordoned = node("gpu-03", second, "H100-SXM5-80GB", 4);
        NodeView sick = node(Cast.HOSTILE.substring(0, 78), second, "H100-SXM5-80GB", 2);
        nodes.sicken(sick.id(), "3 different jobs were lost on it within an hour");
        system.run(() -> quotas.set(
                cast.tenant.id(), pool.id(), new QuotaLimits(4, 10, 200L, 172_800L, 20, 0, 80), IfMatch.ANY));
        system.run(() -> quotas.set(
                cast.hostileTenant.id(), second.id(), new QuotaLimits(4, 4, null, null, null, 0, 100), IfMatch.ANY));

        ended("cs-sft", new RunEnd.Succeeded());
        this.failed = ended(
                "law-qa-lora",
                new RunEnd.Failed(new Failure(
                        FailureClass.RESOURCES,
                        "out_of_memory",
                        "The card's memory ran out at step 412.",
                        "Resume with batch 1 × 16.")));
        this.running = run(submit("med-qa-lora", 6, 60), busy, false);
        JobView pausing = run(submit("医疗问答 " + Cast.HOSTILE, 2, 50), busy, true);
        as(cast, () -> jobs.pause(pausing.id()));
        JobView cancelled = submit("mistaken", 1, 50);
        as(cast, () -> jobs.cancel(cancelled.id()));
        this.waiting = submit("cs-dpo", 4, 70);
        submit("retail-intent", 1, 20);
        JobView held = submit("held back", 1, 20);
        as(cast, () -> jobs.pause(held.id()));
        busy.devices().forEach(device -> tell(busy, device));
        system.run(() -> nodes.cordon(cordoned.id(), IfMatch.ANY));
        system.run(() -> nodes.drain(draining.id(), IfMatch.ANY));
        Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
        this.reserved = system.call(() -> reservations.reserve(new ReservationRequest(
                cast.tenant.id(), pool.name(), 2, tomorrow, tomorrow.plus(Duration.ofDays(5)), Cast.HOSTILE)));
        ReservationView mistaken = system.call(() -> reservations.reserve(new ReservationRequest(
                cast.hostileTenant.id(), second.name(), 1, tomorrow, tomorrow.plus(Duration.ofDays(1)), "")));
        system.run(() -> reservations.cancel(mistaken.id(), IfMatch.ANY));
        TenantScope.run(
                cast.tenant.id(),
                () -> cast.as(cast.email(Role.OWNER))
                        .run(() -> shares.set(
                                pool.name(), cast.as(cast.email(Role.MEMBER)).requirePerson(), 4)));
    }

    /** A kind of run that takes any spec. */
    @TestComponent
    static final class Trial implements RunKind {
        @Override
        public String name() {
            return "trial";
        }

        @Override
        public void check(String spec) {}
    }

    private NodeView node(String name, PoolView where, String model, int devices) {
        return Caller.system("test")
                .call(() -> nodes.enrol(
                        name,
                        where.selector(),
                        "1.0",
                        IntStream.range(0, devices)
                                .mapToObj(slot -> new DeviceReport(
                                        "GPU-5f2c-" + slot,
                                        DeviceKind.NVIDIA,
                                        slot,
                                        model,
                                        80L << 30,
                                        "8.0",
                                        true,
                                        null))
                                .toList()));
    }

    /** In the full pool, as somebody who is no admin. */
    JobView submit(String name, int devices, int priority) {
        return as(
                cast,
                () -> jobs.submit(new JobRequest(
                        name, "trial", "{}", pool.name(), devices, Duration.ofMinutes(90), priority, 3, null)));
    }

    private JobView run(JobView job, NodeView node, boolean borrowed) {
        List<UUID> free = Caller.system("test").call(() -> nodes.get(node.id())).devices().stream()
                .filter(device -> device.jobId() == null)
                .limit(job.devices())
                .map(DeviceView::id)
                .toList();
        long fence = assignments.assign(job.id(), node.id(), free, borrowed).orElseThrow();
        runs.claim(node.id(), List.of("trial"), LEASE);
        runs.started(node.id(), fence);
        runs.checkpointed(node.id(), fence, new Checkpoint(350, "c350"));
        return job;
    }

    private JobView ended(String name, RunEnd end) {
        JobView job = submit(name, 1, 50);
        long fence = assignments
                .assign(job.id(), busy.id(), List.of(busy.devices().getFirst().id()), false)
                .orElseThrow();
        runs.claim(busy.id(), List.of("trial"), LEASE);
        runs.started(busy.id(), fence);
        runs.finished(busy.id(), fence, end);
        return job;
    }

    private void tell(NodeView node, DeviceView device) {
        int slot = device.slot();
        nodes.seen(
                node.id(),
                List.of(new DeviceTelemetry(
                        device.hardwareId(), 0.61 + slot / 25.0, (50L + slot) << 30, 58.0 + 2 * slot, null)));
    }

    private static <T> T as(Cast cast, Supplier<T> work) {
        return TenantScope.call(
                cast.tenant.id(), () -> cast.as(cast.email(Role.MEMBER)).call(work::get));
    }
}
