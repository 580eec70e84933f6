package dev.temper.platform.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.MultipartField;
import com.openai.core.http.HttpResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.files.FileCreateParams;
import com.openai.models.files.FilePurpose;
import com.openai.models.finetuning.jobs.FineTuningJob;
import com.openai.models.finetuning.jobs.JobCreateParams;
import com.openai.models.finetuning.jobs.checkpoints.CheckpointListPage;
import com.openai.models.finetuning.methods.SupervisedHyperparameters;
import com.openai.models.finetuning.methods.SupervisedMethod;
import com.openai.models.models.Model;
import com.openai.models.uploads.Upload;
import com.openai.models.uploads.UploadCompleteParams;
import com.openai.models.uploads.UploadCreateParams;
import com.openai.models.uploads.parts.PartCreateParams;
import dev.temper.contract.link.FileRef;
import dev.temper.contract.link.WorkerEvent;
import dev.temper.platform.Fleet;
import dev.temper.platform.PlatformTest;
import dev.temper.platform.World;
import dev.temper.platform.World.Inhabitant;
import dev.temper.platform.blob.Blob;
import dev.temper.platform.blob.Blobs;
import dev.temper.platform.job.JobFiles;
import dev.temper.platform.job.JobView;
import dev.temper.platform.job.RunEnd;
import dev.temper.platform.job.Runs;
import dev.temper.platform.model.TunedModelView;
import dev.temper.platform.model.TunedModels;
import dev.temper.platform.resource.NodeView;
import dev.temper.platform.resource.PoolView;
import dev.temper.platform.task.TaskRequest;
import dev.temper.platform.task.TaskView;
import dev.temper.platform.task.Tasks;
import dev.temper.platform.tenant.Scope;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/** The official SDK, unchanged, against the dialect. */
@PlatformTest
@SuppressWarnings("deprecation") // What OpenAI calls deprecated its SDK still asks for.
class OpenAiTest {
    private static final String LINES =
            IntStream.range(0, 12).mapToObj(i -> """
                    {"messages":[{"role":"user","content":"How much is %1$d?"},{"role":"assistant","content":"%1$d"}]}""".formatted(i)).collect(Collectors.joining("\n"));

    @Autowired
    private World world;

    @Autowired
    private Fleet fleet;

    @Autowired
    private Runs runs;

    @Autowired
    private Tasks tasks;

    @Autowired
    private TunedModels tuned;

    @Autowired
    private JobFiles files;

    @Autowired
    private Blobs blobs;

    @Autowired
    private TransactionOperations transactions;

    @Autowired
    private RunTellings tellings;

    @LocalServerPort
    private int port;

    private Inhabitant ours;
    private OpenAIClient client;
    private final List<OpenAIClient> clients = new ArrayList<>();

    @BeforeEach
    void connect() {
        ours = world.owner();
        client = client(world.key(ours, Scope.values()).secret());
    }

    @AfterEach
    void close() {
        clients.forEach(OpenAIClient::close);
    }

    private OpenAIClient client(String key) {
        OpenAIClient made = OpenAIOkHttpClient.builder()
                .baseUrl("http://localhost:%d/v1".formatted(port))
                .apiKey(key)
                .maxRetries(0)
                .build();
        clients.add(made);
        return made;
    }

    @Test
    void thereIsOneRegistryWhateverItIsReadBy() {
        String file = upload(LINES);
        PoolView pool = fleet.pool(1);
        NodeView node = fleet.node(pool, 1);
        FineTuningJob job = client.fineTuning()
                .jobs()
                .create(params(file, pool).suffix("one").build());
        JobView run = run(job);
        long fence = fleet.assign(run, node);
        runs.claim(node.id(), List.of("train"), Duration.ofMinutes(1));
        runs.started(node.id(), fence);
        runs.finished(node.id(), fence, new RunEnd.Succeeded());
        TaskView asked = ours.does(() -> tasks.get(Objects.requireNonNull(run.taskId())));
        TunedModelView ofJob = kept(asked);
        TaskView other = ours.does(() -> tasks.start(new TaskRequest(
                "By hand",
                "temper-mini",
                List.of(new TaskRequest.Ingredient(
                        UUID.fromString(JsonMapper.shared()
                                .readTree(asked.asked())
                                .at("/data/0/version")
                                .asString("")),
                        1)),
                "{}",
                pool.name(),
                1,
                null,
                50)));
        TunedModelView byHand = kept(other);
        String name = "ft:temper-mini:" + ours.tenant().slug() + ":By-hand:"
                + byHand.id().toString().replace("-", "");

        assertThat(client.models().retrieve(name).id()).isEqualTo(name);
        assertThat(client.models().list().autoPager())
                .extracting(Model::id)
                .contains(name)
                .filteredOn(id -> id.startsWith("ft:"))
                .hasSize(2);
        client.models().delete(name);
        assertThat(ours.does(() -> tuned.find(byHand.id()))).isEmpty();
        String dialect =
                client.fineTuning().jobs().retrieve(job.id()).fineTunedModel().orElseThrow();
        ours.does(() -> {
            tuned.delete(ofJob.id());
            return ofJob;
        });
        assertThatThrownBy(() -> client.models().retrieve(dialect)).isInstanceOf(NotFoundException.class);
        assertThat(client.models().list().autoPager()).extracting(Model::id).noneMatch(id -> id.startsWith("ft:"));
    }

    /** As if the task's run had left an adapter. */
    private TunedModelView kept(TaskView task) {
        return ours.does(() -> {
            Blob blob = blobs.store(out -> out.write('a'));
            return Objects.requireNonNull(transactions.execute(_ -> {
                files.become(
                        task.job().id(),
                        JobFiles.Role.OUTPUT,
                        List.of(new FileRef("output/adapter_config.json", blob.hash(), blob.size())));
                tuned.keep(task.id(), task.job().id(), task.name(), "{}");
                return tuned.of(task.id()).orElseThrow();
            }));
        });
    }

    @Test
    void aJobGoesFromItsFileToItsModel() {
        String file = upload(LINES);
        PoolView pool = fleet.pool(1);
        NodeView node = fleet.node(pool, 1);
        FineTuningJob job = client.fineTuning()
                .jobs()
                .create(params(file, pool).suffix("sums").build());
        assertThat(job.status()).isIn(FineTuningJob.Status.VALIDATING_FILES, FineTuningJob.Status.QUEUED);
        JobView run = run(job);

        assertThat(status(job)).isEqualTo(FineTuningJob.Status.QUEUED);
        client.fineTuning().jobs().pause(job.id());
        assertThat(client.fineTuning().jobs().resume(job.id()).status()).isEqualTo(FineTuningJob.Status.QUEUED);

        long fence = fleet.assign(run, node);
        runs.claim(node.id(), List.of("train"), Duration.ofMinutes(1));
        runs.started(node.id(), fence);
        assertThat(status(job)).isEqualTo(FineTuningJob.Status.RUNNING);
        tellings.tell(
                node,
                run,
                fence,
                List.of(
                        new WorkerEvent.Metrics(1, 2, Map.of("loss", 3.0, "tokens", 40.0)),
                        new WorkerEvent.Metrics(2, 2, Map.of("loss", 2.0, "tokens", 80.0)),
                        new WorkerEvent.Metrics(2, 2, Map.of("eval_loss", 2.5)),
                        new WorkerEvent.Checkpoint(2, List.of())));
        runs.finished(node.id(), fence, new RunEnd.Succeeded());

        FineTuningJob done = client.fineTuning().jobs().retrieve(job.id());
        assertThat(done.status()).isEqualTo(FineTuningJob.Status.SUCCEEDED);
        assertThat(done.trainedTokens()).contains(80L);
        assertThat(done.hyperparameters().nEpochs().orElseThrow().asInteger()).isEqualTo(2);
        assertThat(client.fineTuning().jobs().list().autoPager())
                .extracting(FineTuningJob::id)
                .containsExactly(job.id());
        assertThat(client.fineTuning().jobs().listEvents(job.id()).autoPager())
                .extracting(event -> event.message())
                .containsExactly(
                        "Checkpoint at step 2",
                        "Step 2/2: full_valid_loss=2.5000",
                        "Step 2/2: train_loss=2.0000",
                        "Step 1/2: train_loss=3.0000");
        CheckpointListPage checkpoints =
                client.fineTuning().jobs().checkpoints().list(job.id());
        assertThat(checkpoints.autoPager()).singleElement().satisfies(checkpoint -> {
            assertThat(checkpoint.stepNumber()).isEqualTo(2);
            assertThat(checkpoint.metrics().trainLoss()).contains(2.0);
            assertThat(checkpoint.metrics().fullValidLoss()).contains(2.5);
        });

        String model = done.fineTunedModel().orElseThrow();
        assertThat(model).startsWith("ft:temper-mini:" + ours.tenant().slug() + ":sums:");
        assertThat(client.models().retrieve(model).id()).isEqualTo(model);
        assertThat(client.models().list().autoPager())
                .extracting(each -> each.id())
                .contains("temper-mini", model);
        assertThat(client.models().delete(model).deleted()).isTrue();
        assertThatThrownBy(() -> client.models().retrieve(model)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void aJobIsCancelledAndNotASecondTime() {
        FineTuningJob job = client.fineTuning()
                .jobs()
                .create(params(upload(LINES), fleet.pool(1)).build());
        run(job);

        assertThat(client.fineTuning().jobs().cancel(job.id()).status()).isEqualTo(FineTuningJob.Status.CANCELLED);
        // The SDK would try 409 again and again.
        assertThatThrownBy(() -> client.fineTuning().jobs().cancel(job.id()))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("cancelled");
    }

    @Test
    void filesAreListedReadAndDeleted() throws IOException {
        String id = upload(LINES);

        await().atMost(Duration.ofSeconds(20))
                .until(() -> client.files().retrieve(id).status().asString().equals("processed"));
        assertThat(client.files().list().autoPager())
                .extracting(file -> file.id())
                .containsExactly(id);
        try (HttpResponse content = client.files().content(id)) {
            assertThat(new String(content.body().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(LINES);
        }
        assertThat(client.files().delete(id).deleted()).isTrue();
        assertThatThrownBy(() -> client.files().retrieve(id)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void largeFilesComeInParts() {
        byte[] bytes = LINES.getBytes(StandardCharsets.UTF_8);
        Upload upload = client.uploads()
                .create(UploadCreateParams.builder()
                        .filename("sums.jsonl")
                        .purpose(FilePurpose.FINE_TUNE)
                        .bytes(bytes.length)
                        .mimeType("application/jsonl")
                        .build());
        String second = part(upload, new String(bytes, 100, bytes.length - 100, StandardCharsets.UTF_8));
        String first = part(upload, new String(bytes, 0, 100, StandardCharsets.UTF_8));

        Upload whole = client.uploads()
                .complete(
                        upload.id(),
                        UploadCompleteParams.builder()
                                .partIds(List.of(first, second))
                                .build());

        assertThat(whole.status()).isEqualTo(Upload.Status.COMPLETED);
        assertThat(whole.file().orElseThrow().bytes()).isEqualTo(bytes.length);
        assertThatThrownBy(() -> client.uploads().cancel(upload.id())).isInstanceOf(BadRequestException.class);
    }

    @Test
    void whatIsWrongIsSaidInItsShape() {
        assertThatThrownBy(() -> upload("{\"messages\":[{\"role\":\"assistant\",\"content\":\"a\",\"weight\":0}]}"))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("weight 0");
        assertThatThrownBy(() -> upload("no json")).hasMessageContaining("it is not JSON");
        assertThatThrownBy(() -> client.fineTuning()
                        .jobs()
                        .create(params(upload(LINES), fleet.pool(1))
                                .model("gpt-9")
                                .build()))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("gpt-9");
        assertThatThrownBy(() -> client.files().retrieve("file-none")).isInstanceOf(NotFoundException.class);
        OpenAIClient nobody = client("sk-none");
        assertThatThrownBy(() -> nobody.files().list()).isInstanceOf(UnauthorizedException.class);
    }

    @Test
    void anotherTenantFindsNothingOfIt() {
        String file = upload(LINES);
        FineTuningJob job =
                client.fineTuning().jobs().create(params(file, fleet.pool(1)).build());
        OpenAIClient stranger = client(world.key(world.owner(), Scope.values()).secret());
        assertThatThrownBy(() -> stranger.files().retrieve(file)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> stranger.fineTuning().jobs().retrieve(job.id()))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> stranger.fineTuning()
                        .jobs()
                        .create(params(file, fleet.pool(1)).build()))
                .isInstanceOf(NotFoundException.class);
    }

    private String part(Upload upload, String text) {
        return client.uploads()
                .parts()
                .create(
                        upload.id(),
                        PartCreateParams.builder()
                                .data(text.getBytes(StandardCharsets.UTF_8))
                                .build())
                .id();
    }

    private String upload(String lines) {
        return client.files()
                .create(FileCreateParams.builder()
                        .file(MultipartField.<InputStream>builder()
                                .value(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)))
                                .filename("sums.jsonl")
                                .build())
                        .purpose(FilePurpose.FINE_TUNE)
                        .build())
                .id();
    }

    private static JobCreateParams.Builder params(String file, PoolView pool) {
        return JobCreateParams.builder()
                .model("temper-mini")
                .trainingFile(file)
                .method(JobCreateParams.Method.builder()
                        .type(JobCreateParams.Method.Type.SUPERVISED)
                        .supervised(SupervisedMethod.builder()
                                .hyperparameters(SupervisedHyperparameters.builder()
                                        .nEpochs(2)
                                        .batchSizeAuto()
                                        .build())
                                .build())
                        .build())
                .putAdditionalBodyProperty("temper", JsonValue.from(Map.of("pool", pool.name())));
    }

    private FineTuningJob.Status status(FineTuningJob job) {
        return client.fineTuning().jobs().retrieve(job.id()).status();
    }

    /** The run it becomes once its file is read. */
    private JobView run(FineTuningJob job) {
        await().atMost(Duration.ofSeconds(20)).until(() -> status(job).equals(FineTuningJob.Status.QUEUED));
        String task = String.valueOf(client.fineTuning()
                .jobs()
                .retrieve(job.id())
                ._additionalProperties()
                .get("temper"));
        String id = task.replaceFirst(".*task_id=([0-9a-f-]{36}).*", "$1");
        return ours.does(() -> tasks.get(UUID.fromString(id)).job());
    }
}
