package dev.temper.platform;

import dev.temper.platform.World.Inhabitant;
import dev.temper.platform.common.Actor;
import dev.temper.platform.common.Caller;
import dev.temper.platform.job.Assignments;
import dev.temper.platform.job.JobRequest;
import dev.temper.platform.job.JobView;
import dev.temper.platform.job.Jobs;
import dev.temper.platform.job.RunKind;
import dev.temper.platform.resource.DeviceKind;
import dev.temper.platform.resource.DeviceReport;
import dev.temper.platform.resource.NodeView;
import dev.temper.platform.resource.Nodes;
import dev.temper.platform.resource.PoolChange;
import dev.temper.platform.resource.PoolView;
import dev.temper.platform.resource.Pools;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/** Makes pools, nodes and jobs for tests, by the platform's own use-cases; every name is new. */
@Component
public class Fleet {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Pools pools;
    private final Nodes nodes;
    private final Jobs jobs;
    private final Assignments assignments;

    Fleet(Pools pools, Nodes nodes, Jobs jobs, Assignments assignments) {
        this.pools = pools;
        this.nodes = nodes;
        this.jobs = jobs;
        this.assignments = assignments;
    }

    /** A kind of run that takes any spec. */
    @Component
    static final class Trial implements RunKind {
        @Override
        public String name() {
            return "trial";
        }

        @Override
        public void check(String spec) {}
    }

    /** A pool of its own label, in which a tenant without a quota may hold so many devices. */
    public PoolView pool(int defaultCeiling) {
        String name = "pool-" + NUMBER.incrementAndGet();
        return asAdmin(() -> pools.create(name, new PoolChange("", List.of("pool=" + name), defaultCeiling)));
    }

    /** A node in a pool. */
    public NodeView node(PoolView pool, int devices) {
        String name = "node-" + NUMBER.incrementAndGet();
        return asAdmin(() -> nodes.enrol(
                name,
                pool.selector(),
                "1.0",
                IntStream.range(0, devices)
                        .mapToObj(slot -> new DeviceReport(
                                "sim-" + slot, DeviceKind.SIMULATED, slot, "A100-80G", 80L << 30, "", true, null))
                        .toList()));
    }

    public static JobRequest request(PoolView pool, int devices) {
        return new JobRequest(
                "Job", "trial", "{\"steps\":1}", pool.name(), devices, Duration.ofMinutes(10), 50, 3, null);
    }

    public JobView submit(Inhabitant owner, PoolView pool, int devices) {
        return owner.does(() -> jobs.submit(request(pool, devices)));
    }

    /** Gives the job the node's first free devices; the attempt's fence. */
    public long assign(JobView job, NodeView node) {
        NodeView now = asAdmin(() -> nodes.get(node.id()));
        return assignments
                .assign(
                        job.id(),
                        node.id(),
                        now.devices().stream()
                                .filter(device -> device.jobId() == null)
                                .limit(job.devices())
                                .map(device -> device.id())
                                .toList(),
                        false)
                .orElseThrow();
    }

    public static <T> T asAdmin(Supplier<T> work) {
        return Caller.system("test").call(work::get);
    }

    public static <T> T asWorker(NodeView node, Supplier<T> work) {
        return new Caller(Actor.worker(node.id(), node.name(), null, null), null, Set.of()).call(work::get);
    }
}
