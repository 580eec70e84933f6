package dev.temper.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.temper.contract.GenerateSpec;
import dev.temper.contract.link.FileRef;
import dev.temper.data.recipe.Recipe;
import dev.temper.db.TestDatabase;
import dev.temper.platform.World.Inhabitant;
import dev.temper.platform.blob.Blob;
import dev.temper.platform.blob.Blobs;
import dev.temper.platform.blob.Uploads;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.dataset.EndpointChange;
import dev.temper.platform.dataset.ImportState;
import dev.temper.platform.dataset.ImportView;
import dev.temper.platform.dataset.Imports;
import dev.temper.platform.dataset.ModelEndpoints;
import dev.temper.platform.dataset.Recipes;
import dev.temper.platform.job.Checkpoints;
import dev.temper.platform.job.JobFiles;
import dev.temper.platform.job.JobRequest;
import dev.temper.platform.model.BaseModelState;
import dev.temper.platform.model.BaseModelView;
import dev.temper.platform.model.BaseModels;
import dev.temper.platform.model.Licence;
import dev.temper.platform.model.ModelImports;
import dev.temper.platform.model.TunedModels;
import dev.temper.platform.notice.Deliveries;
import dev.temper.platform.notice.WebhookChange;
import dev.temper.platform.notice.Webhooks;
import dev.temper.platform.openai.FileObject;
import dev.temper.platform.openai.FineTuning;
import dev.temper.platform.openai.JobRequestBody;
import dev.temper.platform.openai.OpenAiFiles;
import dev.temper.platform.openai.PublicId;
import dev.temper.platform.openai.TuningJob;
import dev.temper.platform.resource.PoolView;
import dev.temper.platform.resource.ReservationRequest;
import dev.temper.platform.resource.Reservations;
import dev.temper.platform.resource.Shares;
import dev.temper.platform.task.TaskRequest;
import dev.temper.platform.task.TaskView;
import dev.temper.platform.task.Tasks;
import dev.temper.platform.task.Trials;
import dev.temper.platform.tenant.Invitations;
import dev.temper.platform.tenant.Role;
import dev.temper.platform.tenant.Scope;
import java.io.ByteArrayInputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.json.JsonMapper;

/**
 * Walks every endpoint of the API there is, also those that later features add, with another tenant's key, with another
 * tenant's session and with nothing: what belongs to us can't be told from what does not exist, and stays as it was.
 */
@PlatformTest
class EveryEndpointTest {
    /** What programs may read before they say who they are. */
    private static final Set<String> PUBLIC = Set.of("/api/openapi.json", "/api/openapi.yaml", "/api/docs");

    /** What is the platform's own: nobody's tenant owns any of it. */
    private static final Set<String> OF_THE_PLATFORM = Set.of(
            "/api/v1/fleet-jobs",
            "/api/v1/pools/",
            "/api/v1/nodes/",
            "/api/v1/devices/",
            "/api/v1/quotas/",
            "/v1/models/");

    @Autowired
    private World world;

    @Autowired
    private Invitations invitations;

    @Autowired
    private Imports imports;

    @Autowired
    private Blobs blobs;

    @Autowired
    private Fleet fleet;

    @Autowired
    private Uploads uploads;

    @Autowired
    private OpenAiFiles openAiFiles;

    @Autowired
    private FineTuning fineTuning;

    @Autowired
    private Recipes recipes;

    @Autowired
    private ModelEndpoints endpoints;

    @Autowired
    private Shares shares;

    @Autowired
    private Reservations reservations;

    @Autowired
    private Tasks tasks;

    @Autowired
    private Trials trials;

    @Autowired
    private BaseModels baseModels;

    @Autowired
    private ModelImports models;

    @Autowired
    private TunedModels tuned;

    @Autowired
    private Checkpoints checkpoints;

    @Autowired
    private JobFiles files;

    @Autowired
    private Webhooks webhooks;

    @Autowired
    private Deliveries deliveries;

    @Autowired
    private TransactionOperations transactions;

    @Autowired
    private TestDatabase testDatabase;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping mappings;

    @LocalServerPort
    private int port;

    private Browser client;
    private Inhabitant ours;
    private Inhabitant stranger;
    private String trial;

    /** One operation: a method, an address with places, and a body that its reader accepts. */
    private record Endpoint(String method, String pattern, String body) {
        boolean hasPlace() {
            return pattern.contains("{");
        }

        String at(String id) {
            return at(id, id);
        }

        /** @param inner what is within the first, where the address has two places */
        String at(String id, String inner) {
            return pattern.replace("{number}", "1")
                    .replace("{step}", "1")
                    .replace("{trial}", inner)
                    .replaceAll("\\{[^}]+}", id);
        }
    }

    @BeforeEach
    void twoTenants() {
        client = new Browser(port);
        ours = world.owner();
        stranger = world.owner();
        world.member(ours.tenant(), Role.MEMBER);
        world.key(ours, Scope.READ);
        ours.does(() -> invitations.invite("guest-of-" + ours.tenant().slug() + "@example.org", Role.VIEWER));
        TaskView task = trainOn(bringADataset());
        keepAModelOf(task);
        trial = ask(task);
        bringAModel();
        ours.does(() -> uploads.begin("guest-of-upload", 1, null));
        fineTune();
        ours.does(() -> recipes.create("guest-of-recipe", "", Recipe.EMPTY, null, List.of()));
        ours.does(() -> endpoints.create(
                new EndpointChange("guest-of-model", "https://203.0.113.7/v1", "guest-of-model", null)));
        tellAProgram();
        PoolView pool = fleet.pool(1);
        fleet.submit(ours, pool, 1);
        ours.does(() -> shares.set(pool.name(), ours.userId(), 1));
        Instant now = Instant.now();
        Fleet.asAdmin(() -> reservations.reserve(
                new ReservationRequest(ours.tenant().id(), pool.name(), 1, now, now.plusSeconds(30_000_000), "")));
    }

    /** Paused before anything is sent: the walk is over rows at rest. */
    private void tellAProgram() {
        ours.does(() -> transactions.execute(_ -> {
            UUID webhook = webhooks.create("http://127.0.0.1:9/guest-of-hook", List.of("task.failed"))
                    .webhook()
                    .id();
            deliveries.test(webhook);
            return webhooks.change(webhook, new WebhookChange(null, null, false), IfMatch.ANY);
        }));
    }

    private void fineTune() {
        byte[] chat = """
                {"messages":[{"role":"user","content":"guest-of-chat"},{"role":"assistant","content":"guest-of-chat"}]}
                """.getBytes(StandardCharsets.UTF_8);
        FileObject file = ours.does(() -> openAiFiles.create(
                "guest-of-file.jsonl", "fine-tune", chat.length, () -> new ByteArrayInputStream(chat)));
        TuningJob job = ours.does(() -> fineTuning.create(new JobRequestBody(
                "temper-mini", file.id(), null, "guest-of-suffix", null, null, null, null, null, null)));
        UUID id = PublicId.JOB.read(job.id());
        // The walk is over rows at rest.
        await().atMost(Duration.ofSeconds(20))
                .until(() -> ours.does(() -> fineTuning.get(id)).status().equals("queued"));
    }

    private TaskView trainOn(UUID version) {
        return ours.does(() -> tasks.start(new TaskRequest(
                "guest-of-task",
                "temper-mini",
                List.of(new TaskRequest.Ingredient(version, 1)),
                "{\"stage\":\"pretrain\"}",
                "default",
                1,
                Duration.ofHours(1),
                JobRequest.DEFAULT_PRIORITY)));
    }

    /** As if the task's run had left something. */
    private void keepAModelOf(TaskView task) {
        Blob blob = ours.does(() -> blobs.store(out -> out.write(1)));
        ours.does(() -> transactions.execute(_ -> {
            files.become(
                    task.job().id(),
                    JobFiles.Role.OUTPUT,
                    List.of(new FileRef("output/guest-of-weights", blob.hash(), blob.size())));
            checkpoints.keep(
                    task.job().id(), 1, List.of(new FileRef("output/guest-of-checkpoint", blob.hash(), blob.size())));
            tuned.keep(task.id(), task.job().id(), "guest-of-tuned", "{}");
            return task;
        }));
    }

    private String ask(TaskView task) {
        return ours.does(() -> trials.start(
                        task.id(),
                        1L,
                        new Trials.Wanted(
                                List.of(Trials.prompt("", "guest-of-question", null)),
                                GenerateSpec.Sampling.DEFAULT,
                                false,
                                null)))
                .job()
                .id()
                .toString();
    }

    /** It is no model, which its import finds; nothing of it changes after that. */
    private void bringAModel() {
        BaseModelView begun = ours.does(() -> {
            UUID upload = uploads.begin("guest-of-base.gguf", 1, null).id();
            uploads.part(upload, 0, new ByteArrayInputStream(new byte[1]), null);
            return models.fromUpload(
                    upload, new ModelImports.Wanted("", false, "guest-of-description", Licence.UNKNOWN));
        });
        await().atMost(Duration.ofSeconds(20))
                .until(() -> ours.does(() -> baseModels.get(begun.id())).state() == BaseModelState.FAILED);
    }

    private UUID bringADataset() {
        ImportView started = ours.does(() -> imports.start(new Imports.Wanted(
                null,
                "guest-of-data",
                "rows.jsonl",
                blobs.store(out -> out.write("{\"text\":\"guest-of-ours\"}\n".getBytes(StandardCharsets.UTF_8))),
                null,
                Recipe.EMPTY)));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> ours.does(() -> imports.get(started.id())).state() == ImportState.SUCCEEDED);
        return Objects.requireNonNull(ours.does(() -> imports.get(started.id())).resultVersion());
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void withAnothersKeyOursIsNotThere() throws SQLException {
        String key = "Bearer " + world.key(stranger, Scope.values()).secret();
        Set<String> ids = ids();
        String before = fingerprint();
        List<String> wrong = new ArrayList<>();

        for (Endpoint endpoint : endpoints()) {
            if (!endpoint.hasPlace()) {
                HttpResponse<String> answer = call(endpoint, endpoint.pattern(), "Authorization", key);
                leaks(answer.body(), "").forEach(leak -> wrong.add(endpoint + " shows " + leak));
                continue;
            }
            String absent = UUID.randomUUID().toString();
            int forAbsent =
                    call(endpoint, endpoint.at(absent), "Authorization", key).statusCode();
            for (String id : ids) {
                HttpResponse<String> answer = call(endpoint, endpoint.at(id, trial), "Authorization", key);
                if (answer.statusCode() != forAbsent || answer.statusCode() < 400) {
                    wrong.add("%s answers %d for ours, %d for what is not there"
                            .formatted(endpoint, answer.statusCode(), forAbsent));
                }
                leaks(answer.body(), id).forEach(leak -> wrong.add(endpoint + " shows " + leak));
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(fingerprint()).as("our rows").isEqualTo(before);
    }

    /** Or the walk would prove nothing: each address that shows a thing is tried with one of ours that is there. */
    @Test
    void withOurKeyOursIsThere() throws SQLException {
        String key = "Bearer " + world.key(ours, Scope.values()).secret();
        Set<String> ids = ids();

        for (Endpoint endpoint : endpoints()) {
            boolean tenants = OF_THE_PLATFORM.stream().noneMatch(endpoint.pattern()::startsWith);
            if (endpoint.method().equals("GET") && endpoint.hasPlace() && tenants) {
                assertThat(ids)
                        .as(endpoint.toString())
                        .anyMatch(id -> call(endpoint, endpoint.at(id, trial), "Authorization", key)
                                        .statusCode()
                                == 200);
            }
        }
    }

    @Test
    void aSessionCannotNameOurTenant() {
        String chosen = "correct horse battery";
        client.signIn(stranger.email(), stranger.password());
        String token = client.get("/login").body();
        client.send(
                "PUT",
                "/api/v1/users/me/password",
                "{\"currentPassword\":\"%s\",\"newPassword\":\"%s\"}".formatted(stranger.password(), chosen),
                "X-CSRF-TOKEN",
                token);
        assertThat(client.get("/api/v1/users/me").statusCode()).isEqualTo(200);

        for (Endpoint endpoint : endpoints()) {
            HttpResponse<String> answer = call(
                    endpoint,
                    endpoint.at(UUID.randomUUID().toString()),
                    "X-Temper-Tenant",
                    ours.tenant().slug(),
                    "X-CSRF-TOKEN",
                    token);
            assertThat(answer.statusCode()).as(endpoint.toString()).isEqualTo(404);
        }
    }

    @Test
    void withoutCredentialsThereIsNothing() {
        for (Endpoint endpoint : endpoints()) {
            assertThat(call(endpoint, endpoint.at(UUID.randomUUID().toString())).statusCode())
                    .as(endpoint.toString())
                    .isEqualTo(401);
        }
    }

    private HttpResponse<String> call(Endpoint endpoint, String path, String... headers) {
        Stream<String> always =
                Stream.of("If-Match", "*", "Idempotency-Key", UUID.randomUUID().toString());
        String[] all = Stream.concat(Arrays.stream(headers), always).toArray(String[]::new);
        return client.send(endpoint.method(), path, endpoint.body(), all);
    }

    private List<Endpoint> endpoints() {
        List<Endpoint> found = new ArrayList<>();
        mappings.getHandlerMethods().forEach((info, handler) -> {
            Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
            for (String pattern : info.getPatternValues()) {
                boolean api = pattern.startsWith("/api/") || pattern.startsWith("/v1/");
                if (api && PUBLIC.stream().noneMatch(pattern::startsWith)) {
                    String body = Arrays.stream(handler.getMethodParameters())
                            .filter(parameter -> parameter.hasParameterAnnotation(RequestBody.class))
                            .map(parameter ->
                                    JsonMapper.shared().writeValueAsString(madeUp(parameter.getGenericParameterType())))
                            .findFirst()
                            .orElse("");
                    (methods.isEmpty() ? Set.of(RequestMethod.GET) : methods)
                            .forEach(method -> found.add(new Endpoint(method.name(), pattern, body)));
                }
            }
        });
        assertThat(found).as("the walk finds the API").hasSizeGreaterThan(15);
        return found;
    }

    /** Something of that type that a reader accepts, as JSON would have it. */
    private static @Nullable Object madeUp(Type type) {
        if (type instanceof ParameterizedType generic) {
            return Map.class.isAssignableFrom((Class<?>) generic.getRawType())
                    ? Map.of()
                    : List.of(Objects.requireNonNull(madeUp(generic.getActualTypeArguments()[0])));
        }
        Class<?> simple = (Class<?>) type;
        if (simple.isRecord()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            for (RecordComponent field : simple.getRecordComponents()) {
                Object value = madeUp(field.getGenericType());
                if (value != null) {
                    fields.put(field.getName(), value);
                }
            }
            return fields;
        }
        if (simple.isEnum()) {
            return simple.getEnumConstants()[simple.getEnumConstants().length - 1].toString();
        }
        return switch (simple.getSimpleName()) {
            case "String" -> "someone@example.org";
            case "int", "long", "Integer", "Long", "double", "Double" -> 1;
            case "boolean", "Boolean" -> true;
            case "UUID" -> UUID.randomUUID().toString();
            default -> null;
        };
    }

    /** The ids of everything that is ours. */
    private Set<String> ids() throws SQLException {
        Set<String> ids = new TreeSet<>(
                Set.of(ours.tenant().id().toString(), ours.userId().toString()));
        for (String table : tenantTables()) {
            // What has a number for an id is never asked for by it.
            if (!column(("select 1 from information_schema.columns where table_name = '%s' and column_name = 'id'"
                                    + " and data_type = 'uuid'")
                            .formatted(table))
                    .isEmpty()) {
                ids.addAll(column("select id::text from %s where tenant_id = '%s'"
                        .formatted(table, ours.tenant().id())));
            }
        }
        assertThat(ids).hasSizeGreaterThan(6);
        return ids;
    }

    /** What of ours is in an answer, apart from the id it was asked for. */
    private List<String> leaks(String body, String asked) {
        String rest = asked.isEmpty() ? body : body.replace(asked, "");
        return Stream.of(
                        ours.tenant().id().toString(),
                        ours.tenant().slug(),
                        ours.tenant().name(),
                        ours.email(),
                        ours.member().id().toString(),
                        "guest-of-")
                .filter(rest::contains)
                .toList();
    }

    private String fingerprint() throws SQLException {
        List<String> sums = new ArrayList<>();
        for (String table : tenantTables()) {
            sums.add(table
                    + column("select md5(string_agg(t::text, '|' order by t::text)) from %s t where tenant_id = '%s'"
                            .formatted(table, ours.tenant().id())));
        }
        sums.add("tenants"
                + column("select t::text from tenants t where id = '%s'"
                        .formatted(ours.tenant().id())));
        return String.join("\n", sums);
    }

    private List<String> tenantTables() throws SQLException {
        return column("select table_name from information_schema.columns"
                + " where table_schema = 'public' and column_name = 'tenant_id' order by 1");
    }

    private List<String> column(String sql) throws SQLException {
        try (Connection superuser = testDatabase.asSuperuser();
                var statement = superuser.createStatement();
                var rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }
}
