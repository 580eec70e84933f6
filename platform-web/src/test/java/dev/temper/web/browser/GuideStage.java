package dev.temper.web.browser;

import static org.awaitility.Awaitility.await;

import dev.temper.contract.link.FileRef;
import dev.temper.contract.link.TimedEvent;
import dev.temper.contract.link.WorkerEvent;
import dev.temper.data.recipe.Recipe;
import dev.temper.data.sample.Sample;
import dev.temper.platform.blob.Blob;
import dev.temper.platform.blob.Blobs;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.FleetScope;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.TenantScope;
import dev.temper.platform.dataset.ImportState;
import dev.temper.platform.dataset.ImportView;
import dev.temper.platform.dataset.Imports;
import dev.temper.platform.dataset.SampleData;
import dev.temper.platform.job.ClaimedRun;
import dev.temper.platform.job.JobEvents;
import dev.temper.platform.job.JobFiles;
import dev.temper.platform.job.RunEnd;
import dev.temper.platform.job.Runs;
import dev.temper.platform.model.TunedModels;
import dev.temper.platform.resource.DeviceKind;
import dev.temper.platform.resource.DeviceReport;
import dev.temper.platform.resource.DeviceTelemetry;
import dev.temper.platform.resource.NodeView;
import dev.temper.platform.resource.Nodes;
import dev.temper.platform.resource.PoolChange;
import dev.temper.platform.resource.PoolView;
import dev.temper.platform.resource.Pools;
import dev.temper.platform.resource.QuotaLimits;
import dev.temper.platform.resource.Quotas;
import dev.temper.platform.task.Drafts;
import dev.temper.platform.task.TaskRequest;
import dev.temper.platform.task.TaskRequest.Ingredient;
import dev.temper.platform.task.TaskView;
import dev.temper.platform.task.Tasks;
import dev.temper.platform.tenant.Role;
import dev.temper.platform.tenant.TenantView;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What the pictures of the user guide show: a hospital with the sample data, a file that needs a mapping, a task that
 * came to its end, one that trains on the only card of its pool, one that waits for it, and a draft.
 */
@TestComponent
class GuideStage {
    private static final Duration LEASE = Duration.ofHours(3);
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int STEPS = 216;
    private static final int DONE = 132;

    private final Cast cast;
    private final SampleData samples;
    private final Imports imports;
    private final Blobs blobs;
    private final Tasks tasks;
    private final Drafts drafts;
    private final Pools pools;
    private final Nodes nodes;
    private final Quotas quotas;
    private final Runs runs;
    private final JobEvents events;
    private final JobFiles files;
    private final TunedModels tuned;
    private final TransactionTemplate transaction;
    private final Clock clock;

    GuideStage(
            Cast cast,
            SampleData samples,
            Imports imports,
            Blobs blobs,
            Tasks tasks,
            Drafts drafts,
            Pools pools,
            Nodes nodes,
            Quotas quotas,
            Runs runs,
            JobEvents events,
            JobFiles files,
            TunedModels tuned,
            TransactionTemplate transaction,
            Clock clock) {
        this.cast = cast;
        this.samples = samples;
        this.imports = imports;
        this.blobs = blobs;
        this.tasks = tasks;
        this.drafts = drafts;
        this.pools = pools;
        this.nodes = nodes;
        this.quotas = quotas;
        this.runs = runs;
        this.events = events;
        this.files = files;
        this.tuned = tuned;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Where things are, below the tenant's address.
     *
     * @param person whose tenant it is
     * @param mapping the file whose columns nobody named yet
     * @param left the import of the messy file
     * @param running the task that trains
     * @param waiting the job of the task that waits for it
     * @param draft the task that is being put together
     */
    record Places(String person, String home, String mapping, String left, long running, long waiting, long draft) {}

    /** Sets everything up; once is enough. */
    Places set() {
        TenantView tenant = cast.tenant("Harbour Hospital 海港医院");
        String person = cast.person("Wang Fang 王芳");
        cast.join(tenant, person, Role.OWNER);
        Scene scene = new Scene(tenant, person);
        List<ImportView> brought = scene.does(samples::addAll);
        ImportView unknown = scene.does(this::visits);
        brought.forEach(one -> scene.awaits(one, ImportState.SUCCEEDED));
        scene.awaits(unknown, ImportState.MAPPING_NEEDED);

        PoolView pool = Caller.system("test")
                .call(() -> pools.create("gpu-a", new PoolChange("A100, 80 GiB", List.of("pool=gpu-a"), 0)));
        NodeView node = card();
        Caller.system("test")
                .run(() -> quotas.set(
                        tenant.id(), pool.id(), new QuotaLimits(1, 4, 200L, 172_800L, 20, 0, 80), IfMatch.ANY));
        UUID version = Objects.requireNonNull(
                scene.does(() -> imports.get(brought.getFirst().id())).resultVersion());
        TaskView done = scene.does(() -> tasks.start(task("First try", version)));
        ClaimedRun first = run(node);
        tell(node, first, STEPS);
        scene.does(() -> transaction.execute(_ -> adapter(done)));
        runs.finished(node.id(), first.fence(), new RunEnd.Succeeded());
        await().atMost(SOON).until(() -> scene.does(() -> tuned.of(done.id())).isPresent());
        TaskView running = scene.does(() -> tasks.start(task("Customer service LoRA", version)));
        tell(node, run(node), DONE);
        TaskView waiting = scene.does(() -> tasks.start(task("Customer service, rank 16", version)));
        long draft = scene.does(() -> drafts.begin(Map.of(
                        "name",
                        "Customer service LoRA",
                        "data",
                        version + ":1",
                        "model",
                        "temper-mini",
                        "pool",
                        "gpu-a")))
                .number();
        String home = "/t/" + tenant.slug();
        return new Places(
                person,
                home,
                home + "/datasets/import/" + unknown.id(),
                home + "/datasets/import/"
                        + brought.get(List.of(Sample.values()).indexOf(Sample.SUPPORT_LOG))
                                .id(),
                running.number(),
                waiting.job().number(),
                draft);
    }

    /** Columns by which nobody can tell what is asked and what is answered. */
    private ImportView visits() {
        String rows = """
                no,complaint,finding,advice
                1,胸闷两天,血压 150/95,复查心电图，低盐饮食
                2,Cough for a week,Lungs clear,"Rest, fluids, come back with fever"
                3,膝关节疼痛,轻度肿胀,减少爬楼，局部冷敷
                """;
        Blob file = blobs.store(out -> out.write(rows.getBytes(StandardCharsets.UTF_8)));
        return imports.start(new Imports.Wanted(null, "Visits 门诊记录", "visits.csv", file, null, Recipe.EMPTY));
    }

    private NodeView card() {
        NodeView node = Caller.system("test")
                .call(() -> nodes.enrol(
                        "gpu-a-01",
                        List.of("pool=gpu-a"),
                        "1.0",
                        List.of(new DeviceReport(
                                "GPU-77e1-0", DeviceKind.NVIDIA, 0, "A100-SXM4-80GB", 80L << 30, "8.0", true, null))));
        nodes.seen(node.id(), List.of(new DeviceTelemetry("GPU-77e1-0", 0.87, 3L << 30, 61.0, null)));
        return node;
    }

    /** What the planner gives to the node next. */
    private ClaimedRun run(NodeView node) {
        ClaimedRun run = await().atMost(SOON)
                .until(() -> runs.claim(node.id(), List.of("train"), LEASE), Optional::isPresent)
                .orElseThrow();
        runs.started(node.id(), run.fence());
        return run;
    }

    private static TaskRequest task(String name, UUID version) {
        return new TaskRequest(name, "temper-mini", List.of(new Ingredient(version, 1)), "{}", "gpu-a", 1, null, 50);
    }

    /** A curve as trainings have them: the loss falls, the rate rises and falls, with the same noise each time. */
    private void tell(NodeView node, ClaimedRun run, int steps) {
        List<WorkerEvent> told = new ArrayList<>();
        told.add(new WorkerEvent.Notice("287 rows, 287 samples, 30,788 tokens, 21,322 of them learned"));
        for (int step = 1; step <= steps; step++) {
            double noise = (Math.abs(Math.sin(step) * 43_758.5453) % 1 - 0.5) * 0.24;
            told.add(metrics(
                    step,
                    Map.of(
                            "loss",
                            1.1 + 2.4 * Math.exp(-step / 40.0) + noise,
                            "learning_rate",
                            1e-4 * Math.min(step / 22.0, Math.cos(step * 1.5 / STEPS)),
                            "grad_norm",
                            0.9 + 2 * Math.exp(-step / 25.0) + noise,
                            "tokens_per_second",
                            5_800 + 900 * noise,
                            "seconds_per_step",
                            0.42,
                            "epoch",
                            step * 5.0 / STEPS)));
            if (step % 44 == 0) {
                told.add(metrics(step, Map.of("eval_loss", 1.2 + 2.3 * Math.exp(-step / 40.0), "epoch", step / 44.0)));
            }
        }
        Instant begin = clock.instant().minus(Duration.ofMinutes(1));
        List<TimedEvent> timed = new ArrayList<>();
        for (int i = 0; i < told.size(); i++) {
            timed.add(new TimedEvent(begin.plus(Duration.ofMillis(420L * i)), told.get(i)));
        }
        FleetScope.run(() -> transaction.executeWithoutResult(
                _ -> events.keep(node.id(), run.jobId(), run.fence(), 1, timed, Duration.ZERO)));
    }

    private static WorkerEvent.Metrics metrics(int step, Map<String, Double> values) {
        return new WorkerEvent.Metrics(step, STEPS, values);
    }

    /** As if its run had brought an adapter. */
    private TaskView adapter(TaskView of) {
        files.become(
                of.job().id(),
                JobFiles.Role.OUTPUT,
                List.of(output("adapter_config.json", 675), output("adapter_model.safetensors", 1_313_296)));
        return of;
    }

    private FileRef output(String name, int size) {
        Blob file = blobs.store(out -> out.write(new byte[size]));
        return new FileRef("output/" + name, file.hash(), file.size());
    }

    /** Somebody in their tenant. */
    private final class Scene {
        private final TenantView tenant;
        private final String person;

        Scene(TenantView tenant, String person) {
            this.tenant = tenant;
            this.person = person;
        }

        <T> T does(Supplier<T> work) {
            return TenantScope.call(tenant.id(), () -> cast.as(person).call(work::get));
        }

        void awaits(ImportView one, ImportState state) {
            await().atMost(SOON).until(() -> does(() -> imports.get(one.id())).state() == state);
        }
    }
}
