package dev.temper.platform.task;

import static dev.temper.platform.task.TaskGround.ROWS;
import static dev.temper.platform.task.TaskGround.asking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.temper.contract.EvaluationSpec;
import dev.temper.contract.RunSpec;
import dev.temper.contract.RunSpecJson;
import dev.temper.contract.link.FileRef;
import dev.temper.platform.PlatformTest;
import dev.temper.platform.World;
import dev.temper.platform.World.Inhabitant;
import dev.temper.platform.advisor.Advice;
import dev.temper.platform.blob.Blob;
import dev.temper.platform.blob.Blobs;
import dev.temper.platform.common.Cursors;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.ErrorTexts;
import dev.temper.platform.common.Fault;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.Problem;
import dev.temper.platform.common.TenantScope;
import dev.temper.platform.common.Use;
import dev.temper.platform.dataset.Deletions;
import dev.temper.platform.job.Curve;
import dev.temper.platform.job.Curve.Point;
import dev.temper.platform.job.CurveExport;
import dev.temper.platform.job.Curves;
import dev.temper.platform.job.Glance;
import dev.temper.platform.job.JobEnded;
import dev.temper.platform.job.JobEvent;
import dev.temper.platform.job.JobFiles;
import dev.temper.platform.job.JobState;
import dev.temper.platform.job.Jobs;
import dev.temper.platform.model.TunedModelView;
import dev.temper.platform.model.TunedModels;
import dev.temper.platform.task.TaskRequest.Ingredient;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

@PlatformTest
class TasksTest {
    @Autowired
    private World world;

    @Autowired
    private Tasks tasks;

    @Autowired
    private Curves curves;

    @Autowired
    private CurveExport export;

    @Autowired
    private Forecasts forecasts;

    @Autowired
    private Drafts drafts;

    @Autowired
    private Cursors cursors;

    @Autowired
    private TaskGround ground;

    @Autowired
    private Deletions deletions;

    @Autowired
    private Blobs blobs;

    @Autowired
    private Jobs jobs;

    @Autowired
    private JobFiles files;

    @Autowired
    private TunedModels models;

    @Autowired
    private ApplicationEventPublisher events;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionOperations transactions;

    private Inhabitant ours;

    @BeforeEach
    void tenant() {
        ours = world.owner();
    }

    @Test
    void aTaskQueuesWithAllThatItsRunNeeds() throws IOException {
        UUID version = version(ROWS);

        TaskView task = ours.does(() -> tasks.start(asking(version, "{\"method\":{\"type\":\"lora\",\"rank\":4}}")));

        assertThat(task.number()).isEqualTo(1);
        assertThat(task.job().state()).isEqualTo(JobState.QUEUED);
        assertThat(task.job().taskId()).isEqualTo(task.id());
        assertThat(task.data()).contains(version.toString());
        RunSpec spec = RunSpecJson.read(ours.does(() -> jobs.spec(task.job().id())));
        assertThat(spec.name()).isEqualTo("Trial");
        assertThat(spec.model().path()).isEqualTo("model/temper-mini");
        assertThat(spec.model().shownName()).isEqualTo("temper-mini");
        List<FileRef> given = ours.does(() -> files.of(task.job().id(), JobFiles.Role.INPUT));
        assertThat(given)
                .extracting(FileRef::path)
                .contains(
                        spec.data().train().getFirst().path(),
                        "model/temper-mini/config.json",
                        "model/temper-mini/model.safetensors")
                .doesNotContain("model/temper-mini/README.md");
        byte[] rows = ours.does(() -> read(given.getFirst().sha256()));
        assertThat(new String(rows, StandardCharsets.UTF_8).lines())
                .hasSize(2)
                .first()
                .asString()
                .contains("您好");
    }

    @Test
    void whatCouldNeverRunIsRefusedBeforeItQueues() {
        UUID texts = version("{\"text\":\"one\"}\n{\"text\":\"two\"}\n");

        assertThatThrownBy(() -> ours.does(() -> tasks.start(asking(texts, "{}"))))
                .hasMessageContaining("task_rows_unfit");
        assertThatThrownBy(() -> ours.does(() -> tasks.start(asking(texts, "{\"colour\":\"red\"}"))))
                .hasMessageContaining("colour");
        assertThatThrownBy(() -> ours.does(() -> tasks.start(asking(texts, "{\"model\":{\"path\":\"/etc\"}}"))))
                .hasMessageContaining("field_repeated");
        assertThatThrownBy(() -> ours.does(() -> tasks.start(new TaskRequest(
                        "Trial",
                        "../secrets",
                        List.of(new Ingredient(texts, 1)),
                        "{}",
                        "default",
                        1,
                        Duration.ofHours(1),
                        50))))
                .hasMessageContaining("There is no base model");
    }

    @Test
    void whatATaskWillTakeIsToldBeforeItStarts() {
        UUID version = version(ROWS);

        TaskAdvice advice = ours.does(() -> forecasts.of(asking(version, "{\"method\":{\"rank\":4}}")));

        assertThat(advice.refusals()).isEmpty();
        assertThat(advice.proposals()).extracting(Advice::setting).contains("method.rank", "data.cutoffLen");
        assertThat(advice.prediction().steps()).isEqualTo(3);
        assertThat(advice.prediction().tokens()).isPositive();
    }

    @Test
    void allThatIsWrongIsToldAtOnceAndItsPlaces() {
        UUID texts = version("{\"text\":\"one\"}\n");

        assertThatThrownBy(() -> ours.does(() -> tasks.start(new TaskRequest(
                        "Trial", "temper-mini", List.of(new Ingredient(texts, 1)), "{}", "nowhere", 1, null, 50))))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.faults())
                                .extracting(Fault::pointer, Fault::code)
                                .containsExactly(
                                        tuple("/data/0/version", ErrorCode.TASK_ROWS_UNFIT),
                                        tuple("/pool", ErrorCode.POOL_UNKNOWN)));
    }

    @Test
    void aVersionIsKeptForWhateverLearnsFromItAndSaysWhat() {
        UUID version = version(ROWS);
        TaskView task = ours.does(() -> tasks.start(asking(version, "{}")));
        Draft draft = ours.does(() -> drafts.begin(Map.of("data", version + ":1")));

        assertThatThrownBy(() -> delete(version))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.facts().get("uses"))
                                .asInstanceOf(InstanceOfAssertFactories.LIST)
                                .contains(
                                        new Use("task", "#" + task.number() + " Trial"),
                                        new Use("draft", "#" + draft.number())));
        ours.does(() -> jobs.cancel(task.job().id()));
        assertThatThrownBy(() -> delete(version))
                .extracting(refused -> ErrorTexts.detail((Problem) refused, Locale.SIMPLIFIED_CHINESE))
                .asString()
                .contains("草稿 #" + draft.number())
                .doesNotContain("任务 #");
        ours.does(() -> {
            drafts.discard(draft.number());
            return draft;
        });
        delete(version);
        assertThatThrownBy(() -> ours.does(() -> tasks.start(asking(version, "{}"))))
                .hasMessageContaining("not_found");
    }

    private void delete(UUID version) {
        ours.does(() -> {
            deletions.version(version);
            return version;
        });
    }

    @Test
    void aDraftBecomesOneTask() {
        UUID version = version(ROWS);
        Draft draft = ours.does(() -> drafts.begin(Map.of("name", "Trial")));
        Draft saved = ours.does(() -> drafts.save(draft.number(), draft.version(), Map.of("name", "Mine")))
                .orElseThrow();

        assertThat(ours.does(() -> drafts.save(draft.number(), draft.version(), Map.of("name", "Other"))))
                .as("typed over an older version")
                .isEmpty();
        TaskView task = ours.does(() -> tasks.start(asking(version, "{}"), saved.number()));
        assertThat(ours.does(() -> drafts.get(saved.number())).task()).isEqualTo(task.number());
        assertThat(ours.does(drafts::open)).isEmpty();
        assertThatThrownBy(() -> ours.does(() -> tasks.start(asking(version, "{}"), saved.number())))
                .hasMessageContaining("draft_already_started");
        assertThat(ours.does(() -> tasks.list(TaskFilter.ALL, cursors.query(10, null, "tasks")))
                        .items())
                .hasSize(1);
    }

    @Test
    void anotherTenantFindsNothingOfIt() {
        UUID version = version(ROWS);
        TaskView task = ours.does(() -> tasks.start(asking(version, "{}")));
        Inhabitant others = world.owner();

        assertThatThrownBy(() -> others.does(() -> tasks.get(task.id()))).hasMessageContaining("not_found");
        assertThatThrownBy(() -> others.does(() -> tasks.start(asking(version, "{}"))))
                .hasMessageContaining("not_found");
    }

    @Test
    void whatComesOfATaskIsTheNextVersionOfItsName() {
        UUID version = version(ROWS);
        TaskView first = succeeded(ours.does(() -> tasks.start(asking(version, "{}"))));
        TunedModelView made = tuned(first);
        TaskView second = succeeded(ours.does(() -> tasks.start(asking(version, "{}"))));

        assertThat(made.version()).isEqualTo(1);
        assertThat(made.kind()).isEqualTo(TunedModelView.Kind.ADAPTER);
        assertThat(made.base()).isEqualTo("temper-mini");
        assertThat(made.baseModel()).isNotNull();
        assertThat(made.lineage()).contains(version.toString(), "lora");
        assertThat(tuned(second).version()).isEqualTo(2);
        assertThat(ours.does(() -> models.files(made.id())))
                .extracting(FileRef::path)
                .containsExactly("output/adapter_config.json");
        Inhabitant others = world.owner();
        assertThatThrownBy(() -> others.does(() -> models.get(made.id()))).hasMessageContaining("not_found");
    }

    private TunedModelView tuned(TaskView task) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> ours.does(() -> models.of(task.id())).isPresent());
        return ours.does(() -> models.of(task.id())).orElseThrow();
    }

    /** As if its run had left an adapter and said that it is done. */
    private TaskView succeeded(TaskView task) {
        Blob blob = ours.does(() -> blobs.store(out -> out.write("{}".getBytes(StandardCharsets.UTF_8))));
        ours.does(() -> transactions.execute(_ -> {
            files.become(
                    task.job().id(),
                    JobFiles.Role.OUTPUT,
                    List.of(new FileRef("output/adapter_config.json", blob.hash(), blob.size())));
            events.publishEvent(new JobEnded(
                    ours.tenant().id(),
                    task.job().id(),
                    "train",
                    task.id(),
                    ours.userId(),
                    task.name(),
                    JobState.SUCCEEDED,
                    null,
                    null,
                    "worker",
                    task.createdAt()));
            return task;
        }));
        return task;
    }

    /** Twenty thousand steps with a spike; then the run went back, and did the last thousand again. */
    @Test
    void aLongCurveIsThinnedAndKeepsItsSpikesAndItsEnd() {
        TaskView task = ours.does(() -> tasks.start(asking(version(ROWS), "{}")));
        tell(task, 1, 1, 20_000, "case s when 777 then 9.5 when 18990 then 7.5 when 19500 then 8.5 else 2.0 end");
        tell(task, 2, 19_001, 19_600, "1.5");

        Curve curve = ours.does(() -> tasks.curve(task));

        assertThat(curve.of("loss"))
                .hasSizeBetween(300, 1_000)
                .contains(new Point(777, 9.5), new Point(18_990, 7.5))
                .doesNotContain(new Point(19_500, 8.5))
                .endsWith(new Point(19_600, 1.5));
        assertThat(curve.step()).isEqualTo(19_600);
        assertThat(curve.totalSteps()).isEqualTo(20_000);
        assertThat(curve.of("learning_rate")).isNotEmpty();
    }

    @Test
    void aGlanceIsAFewPointsOfWhatCountsAndTheEnd() {
        TaskView task = ours.does(() -> tasks.start(asking(version(ROWS), "{}")));
        TaskView silent = ours.does(() -> tasks.start(asking(version(ROWS), "{}")));
        tell(task, 1, 1, 20_000, "s");
        tell(task, 2, 18_001, 19_200, "s / 2");

        Map<UUID, Glance> glances = ours.does(
                () -> curves.glances(List.of(task.job().id(), silent.job().id())));

        assertThat(glances).containsOnlyKeys(task.job().id());
        Glance glance = Objects.requireNonNull(glances.get(task.job().id()));
        assertThat(glance.step()).isEqualTo(19_200);
        assertThat(glance.totalSteps()).isEqualTo(20_000);
        assertThat(glance.loss()).isEqualTo(9_600);
        assertThat(glance.losses())
                .as("the first of each of 24 stretches of 800 steps; of the last two, what was done again")
                .hasSize(24)
                .startsWith(1.0, 801.0)
                .endsWith(16_801.0, 9_000.0, 9_200.0);
    }

    @Test
    void aTaskIsFoundByWhatIsKnownOfIt() {
        UUID version = version(ROWS);
        TaskView lora = ours.does(() -> tasks.start(named("医疗问答 Lora", version, "{}")));
        TaskView full = ours.does(() -> tasks.start(named("b Full", version, "{\"method\":{\"type\":\"full\"}}")));
        TaskView last = ours.does(() -> tasks.start(named("A last", version, "{}")));
        ours.does(() -> jobs.cancel(full.job().id()));

        assertThat(found(filter(List.of(JobState.CANCELLED), "", "", TaskFilter.Order.NEWEST)))
                .containsExactly(full.number());
        assertThat(found(filter(List.of(), "lora", "", TaskFilter.Order.OLDEST)))
                .containsExactly(lora.number(), last.number());
        assertThat(found(filter(List.of(), "", "问答 LORA", TaskFilter.Order.NEWEST)))
                .containsExactly(lora.number());
        assertThat(found(filter(List.of(), "", "#2", TaskFilter.Order.NEWEST))).containsExactly(2L);
        List<Long> byName = found(filter(List.of(), "", "", TaskFilter.Order.NAME));
        assertThat(byName).containsExactlyInAnyOrder(lora.number(), full.number(), last.number());
        assertThat(byName.indexOf(last.number())).isLessThan(byName.indexOf(full.number()));
        assertThat(found(filter(List.of(), "", "", TaskFilter.Order.NAME_BACKWARDS)))
                .isEqualTo(byName.reversed());
        UUID nobody = new UUID(0, 0);
        assertThat(found(new TaskFilter(List.of(), nobody, "", "", "", TaskFilter.Order.NEWEST)))
                .isEmpty();
    }

    private static TaskRequest named(String name, UUID version, String settings) {
        TaskRequest like = asking(version, settings);
        return new TaskRequest(
                name,
                like.model(),
                like.data(),
                like.settings(),
                like.pool(),
                like.devices(),
                like.estimate(),
                like.priority());
    }

    private static TaskFilter filter(List<JobState> states, String method, String text, TaskFilter.Order order) {
        return new TaskFilter(states, null, method, "temper-mini", text, order);
    }

    /** All pages of it, one task each. */
    private List<Long> found(TaskFilter filter) {
        List<Long> numbers = new ArrayList<>();
        String cursor = null;
        do {
            String at = cursor;
            Page<TaskView> page = ours.does(() -> tasks.list(filter, cursors.query(1, at, "tasks")));
            page.items().forEach(task -> numbers.add(task.number()));
            cursor = page.next();
        } while (cursor != null);
        return numbers;
    }

    @Test
    void aPartOfACurveIsFinerThanTheWhole() {
        TaskView task = ours.does(() -> tasks.start(asking(version(ROWS), "{}")));
        tell(task, 1, 1, 20_000, "s");

        Curve part = ours.does(() -> tasks.curve(task, 5_000, 5_199));

        assertThat(part.of("loss"))
                .hasSize(200)
                .startsWith(new Point(5_000, 5_000))
                .endsWith(new Point(5_199, 5_199));
        assertThat(ours.does(() -> tasks.curve(task, 20_001, 30_000)).of("loss"))
                .isEmpty();
    }

    @Test
    void everyNumberOfACurveCanBeTakenAway() throws IOException {
        TaskView task = ours.does(() -> tasks.start(asking(version(ROWS), "{}")));
        tell(task, 1, 1, 2_500, "1.0 / s");
        tell(task, 2, 2_001, 2_002, "0.5");

        List<String> lines = ours.does(() -> written(task)).lines().toList();

        assertThat(lines).hasSize(1 + 2_500 + 2);
        assertThat(lines.getFirst()).startsWith("attempt,step,at,").contains("loss");
        assertThat(lines.get(1)).startsWith("1,1,");
        assertThat(lines.getLast()).startsWith("2,2002,").contains(",0.5");
    }

    private String written(TaskView task) {
        var csv = new StringWriter();
        try {
            export.write(task.job().id(), csv);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return csv.toString();
    }

    @Test
    void theEndOfALogIsReadFromItsEnd() {
        TaskView task = ours.does(() -> tasks.start(asking(version(ROWS), "{}")));
        tell(task, 1, 1, 50, "1.0");
        insert(task, 2, "log", "'{\"type\":\"log\",\"lines\":[\"line ' || s || ' \\u0000\"]}'", 1, 30);

        List<JobEvent> told = ours.does(() -> tasks.told(task, Long.MAX_VALUE, 10));

        assertThat(told).hasSize(10).allMatch(event -> event.type().equals("log"));
        assertThat(told.getFirst().body()).contains("line 30 ");
    }

    @Test
    void answersStandByPromptAndStepAndTheLaterCountsWhereAStepWasDoneAgain() {
        TaskView task = ours.does(() -> tasks.start(asking(version(ROWS), "{}")));
        answer(task, 1, "(s - 1) * 10", 0, 3);
        answer(task, 2, "(s + 1) * 10", 0, 1);

        SampledPrompt why =
                ours.does(() -> tasks.samples(task)).stream().findFirst().orElseThrow();

        assertThat(ours.does(() -> tasks.samples(task))).hasSize(1);
        assertThat(why.expected()).isEqualTo("So.");
        assertThat(why.answers()).extracting(SampledPrompt.Answer::step).containsExactly(0L, 10L, 20L, 30L);
        assertThat(why.at(0)).isEqualTo("attempt 1");
        assertThat(why.at(10)).isEqualTo("attempt 1");
        assertThat(why.at(20)).isEqualTo("attempt 2");
        assertThat(why.at(25)).isNull();
    }

    @Test
    void aTaskAnswersHeldOutQuestionsUnlessItIsToldOtherwise() {
        UUID version = version(ROWS);

        assertThat(evaluation(version, "{}").samples()).isEqualTo(3);
        assertThat(evaluation(version, "{\"evaluation\":{\"samples\":0}}").samples())
                .isZero();
        assertThat(evaluation(version, "{\"evaluation\":{\"prompts\":[\"Why?\"]}}"))
                .returns(0, EvaluationSpec::samples)
                .returns(List.of("Why?"), EvaluationSpec::prompts);
    }

    private EvaluationSpec evaluation(UUID version, String settings) {
        TaskView task = ours.does(() -> tasks.start(asking(version, settings)));
        return RunSpecJson.read(ours.does(() -> jobs.spec(task.job().id()))).evaluation();
    }

    private void answer(TaskView task, int attempt, String step, int from, int to) {
        insert(
                task,
                attempt,
                "sample",
                "'{\"type\":\"sample\",\"step\":' || " + step + " || ',\"prompt\":\"Why?\",\"answer\":\"attempt "
                        + attempt + "\",\"expected\":\"So.\"}'",
                from + 1,
                to + 1);
    }

    private void tell(TaskView task, int attempt, int from, int to, String loss) {
        String values = "'{\"type\":\"metrics\",\"step\":' || s || ',\"totalSteps\":20000,\"values\":{\"loss\":' || "
                + loss + " || ',\"learning_rate\":1.0E-4}}'";
        insert(task, attempt, "metrics", values, from, to);
    }

    private void insert(TaskView task, int attempt, String type, String body, int from, int to) {
        ours.does(() -> transactions.execute(_ -> jdbc.sql("""
                        insert into job_events (tenant_id, job_id, fence, seq, at, type, body)
                        select :tenant, :job, :fence, s, now(), :type, cast(%s as json) from generate_series(:from, :to) s
                        """.formatted(body))
                .param("tenant", TenantScope.require())
                .param("job", task.job().id())
                .param("fence", Math.abs(10L * task.job().id().hashCode()) + attempt)
                .param("type", type)
                .param("from", from)
                .param("to", to)
                .update()));
    }

    private byte[] read(String hash) {
        try (var in = blobs.open(hash, 0)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private UUID version(String rows) {
        return ground.version(ours, rows);
    }
}
