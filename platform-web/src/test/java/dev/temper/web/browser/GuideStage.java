package dev.temper.web.browser;

import static org.awaitility.Awaitility.await;

import dev.temper.contract.link.FileRef;
import dev.temper.data.recipe.Recipe;
import dev.temper.data.sample.Sample;
import dev.temper.platform.blob.Blob;
import dev.temper.platform.blob.Blobs;
import dev.temper.platform.common.TenantScope;
import dev.temper.platform.dataset.ImportState;
import dev.temper.platform.dataset.ImportView;
import dev.temper.platform.dataset.Imports;
import dev.temper.platform.dataset.SampleData;
import dev.temper.platform.job.JobFiles;
import dev.temper.platform.job.RunEnd;
import dev.temper.platform.model.TunedModels;
import dev.temper.platform.task.Drafts;
import dev.temper.platform.task.TaskRequest;
import dev.temper.platform.task.TaskRequest.Ingredient;
import dev.temper.platform.task.TaskView;
import dev.temper.platform.task.Tasks;
import dev.temper.platform.tenant.Role;
import dev.temper.platform.tenant.TenantView;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int DONE = 132;

    private final Cast cast;
    private final SampleData samples;
    private final Imports imports;
    private final Blobs blobs;
    private final Tasks tasks;
    private final Drafts drafts;
    private final JobFiles files;
    private final TunedModels tuned;
    private final Trainings trainings;
    private final TransactionTemplate transaction;

    GuideStage(
            Cast cast,
            SampleData samples,
            Imports imports,
            Blobs blobs,
            Tasks tasks,
            Drafts drafts,
            JobFiles files,
            TunedModels tuned,
            Trainings trainings,
            TransactionTemplate transaction) {
        this.cast = cast;
        this.samples = samples;
        this.imports = imports;
        this.blobs = blobs;
        this.tasks = tasks;
        this.drafts = drafts;
        this.files = files;
        this.tuned = tuned;
        this.trainings = trainings;
        this.transaction = transaction;
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

        Trainings.Card card = trainings.card(tenant, "gpu-a");
        UUID version = Objects.requireNonNull(
                scene.does(() -> imports.get(brought.getFirst().id())).resultVersion());
        TaskView done = scene.does(() -> tasks.start(task("First try", version)));
        Trainings.Training first = card.next();
        first.takes(1, Trainings.STEPS);
        scene.does(() -> transaction.execute(_ -> adapter(done)));
        first.ends(new RunEnd.Succeeded());
        await().atMost(SOON).until(() -> scene.does(() -> tuned.of(done.id())).isPresent());
        TaskView running = scene.does(() -> tasks.start(task("Customer service LoRA", version)));
        card.next().takes(1, DONE);
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

    private static TaskRequest task(String name, UUID version) {
        return new TaskRequest(name, "temper-mini", List.of(new Ingredient(version, 1)), "{}", "gpu-a", 1, null, 50);
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
