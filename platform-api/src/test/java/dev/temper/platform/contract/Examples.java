package dev.temper.platform.contract;

import static org.awaitility.Awaitility.await;

import dev.temper.contract.link.FileRef;
import dev.temper.platform.Fleet;
import dev.temper.platform.World;
import dev.temper.platform.World.Inhabitant;
import dev.temper.platform.audit.AuditEvents;
import dev.temper.platform.audit.AuditFilter;
import dev.temper.platform.blob.Blob;
import dev.temper.platform.blob.Blobs;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.Cursors;
import dev.temper.platform.common.Ids;
import dev.temper.platform.job.Checkpoints;
import dev.temper.platform.job.JobFiles;
import dev.temper.platform.job.JobRequest;
import dev.temper.platform.job.JobView;
import dev.temper.platform.job.Jobs;
import dev.temper.platform.job.Runs;
import dev.temper.platform.model.TunedModels;
import dev.temper.platform.notice.Notices;
import dev.temper.platform.resource.NodeView;
import dev.temper.platform.resource.PoolView;
import dev.temper.platform.tenant.ApiKeys;
import dev.temper.platform.tenant.HandedPassword;
import dev.temper.platform.tenant.Invitations;
import dev.temper.platform.tenant.Role;
import dev.temper.platform.tenant.Scope;
import dev.temper.platform.tenant.TenantView;
import dev.temper.platform.workerlink.EnrolmentTokens;
import dev.temper.probe.Http;
import dev.temper.probe.Http.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.JsonNode;

/**
 * For each operation a request that should be granted, made anew each time it is asked for, because many change what
 * they are about. An operation that is added needs one here, under its method and path; the contract test says so.
 */
final class Examples {
    private static final String MAPPING =
            "{\"shape\":\"columns\",\"fields\":{\"user\":\"{{frage}}\",\"assistant\":\"{{antwort}}\"},\"keep\":[]}";

    private static final String ROWS = "{\"text\":\"one\"}\n{\"text\":7}\n{\"text\":\"two\"}\n";
    private static final String CHECKPOINT = "output/checkpoint-1/optimizer.safetensors";
    private static final String JOB = """
            {"name":"Trial","kind":"simulated","spec":{"steps":10},"estimateSeconds":600}""";
    private static final String HOOK = "{\"url\":\"http://127.0.0.1:9/\",\"events\":[\"task.failed\"]}";
    private static final String PASSWORD = "a long and rather new password";

    private final Map<String, Supplier<Call>> all = new LinkedHashMap<>();
    private final AtomicInteger number = new AtomicInteger();
    private final ApplicationContext platform;
    private final Http http;
    private final World world;
    private final Inhabitant owner;
    private final Map<String, String> key;
    private final Map<String, String> admin;
    private @Nullable JsonNode brought;

    Examples(ApplicationContext platform, Http http) {
        this.platform = platform;
        this.http = http;
        this.world = platform.getBean(World.class);
        this.owner = world.owner();
        this.key = Map.of(
                "Authorization", "Bearer " + world.key(owner, Scope.values()).secret());
        HandedPassword root = world.platformAdmin();
        this.admin = session(root.user().email(), root.password());
        register();
    }

    /** The example of an operation; null if nobody has written one. */
    @Nullable
    Supplier<Call> of(String method, String path) {
        return all.get(method + " " + path);
    }

    Set<String> operations() {
        return all.keySet();
    }

    private void register() {
        all.put("GET /api/v1/enrolment-tokens", () -> Call.as(admin));
        all.put("POST /api/v1/enrolment-tokens", () -> Call.as(admin).sending("{\"lifeSeconds\":3600}"));
        all.put("DELETE /api/v1/enrolment-tokens/{id}", () -> Call.as(admin).at("id", enrolmentToken()));
        all.put("GET /api/v1/tenants", () -> Call.as(admin));
        all.put("POST /api/v1/tenants", () -> Call.as(admin).sending("{\"name\":\"New %d\"}".formatted(next())));
        all.put(
                "GET /api/v1/tenants/{id}",
                () -> Call.as(key).at("id", owner.tenant().id()));
        all.put("PATCH /api/v1/tenants/{id}", () -> {
            Inhabitant fresh = world.owner();
            return Call.as(keyOf(fresh))
                    .at("id", fresh.tenant().id())
                    .of(fresh.tenant().version())
                    .sending("{\"name\":\"Renamed\",\"timeZone\":\"Asia/Shanghai\"}");
        });
        all.put("POST /api/v1/tenants/{id}/suspend", () -> onTenant(world.tenant("To suspend")));
        all.put("POST /api/v1/tenants/{id}/resume", () -> {
            Call suspended = onTenant(world.tenant("To resume"));
            Answer answer = suspended.send(http, "POST", "/api/v1/tenants/{id}/suspend");
            return suspended.ifMatch(answer.header("ETag"));
        });
        all.put("POST /api/v1/tenants/{id}/close", () -> onTenant(world.tenant("To close")));
        all.put(
                "POST /api/v1/tenants/{id}/owner-invitations",
                () -> Call.as(admin)
                        .at("id", world.tenant("Ownerless").id())
                        .sending("{\"email\":\"first%d@example.org\"}".formatted(next())));

        all.put("GET /api/v1/memberships", () -> Call.as(key));
        all.put(
                "GET /api/v1/memberships/{id}",
                () -> Call.as(key).at("id", owner.member().id()));
        all.put("PATCH /api/v1/memberships/{id}", () -> {
            Inhabitant other = world.member(owner.tenant(), Role.VIEWER);
            return Call.as(key)
                    .at("id", other.member().id())
                    .of(other.member().version())
                    .sending("{\"role\":\"MEMBER\"}");
        });
        all.put(
                "DELETE /api/v1/memberships/{id}",
                () -> Call.as(key)
                        .at(
                                "id",
                                world.member(owner.tenant(), Role.VIEWER)
                                        .member()
                                        .id()));

        all.put("GET /api/v1/invitations", () -> Call.as(key));
        all.put(
                "POST /api/v1/invitations",
                () -> Call.as(key).sending("{\"email\":\"new%d@example.org\",\"role\":\"MEMBER\"}".formatted(next())));
        all.put("GET /api/v1/invitations/{id}", () -> Call.as(key).at("id", invitation()));
        all.put("DELETE /api/v1/invitations/{id}", () -> Call.as(key).at("id", invitation()));

        all.put("GET /api/v1/api-keys", () -> Call.as(key));
        all.put(
                "POST /api/v1/api-keys",
                () -> Call.as(key)
                        .sending("{\"name\":\"ci\",\"scopes\":[\"READ\"],\"expiresAt\":\"2126-01-01T00:00:00Z\"}"));
        all.put("GET /api/v1/api-keys/{id}", () -> Call.as(key).at("id", apiKey()));
        all.put("DELETE /api/v1/api-keys/{id}", () -> Call.as(key).at("id", apiKey()));

        all.put("GET /api/v1/users/me", () -> Call.as(key));
        all.put("PATCH /api/v1/users/me", () -> {
            HandedPassword person = world.person("me");
            Call call = Call.as(session(person.user().email(), person.password()));
            String version = call.send(http, "GET", "/api/v1/users/me").header("ETag");
            return call.ifMatch(version)
                    .sending("{\"displayName\":\"Lin\",\"locale\":\"zh-CN\",\"theme\":\"DARK\",\"timeZone\":\"UTC\"}");
        });
        all.put("PUT /api/v1/users/me/password", () -> {
            HandedPassword person = world.person("p");
            return Call.as(signIn(person.user().email(), person.password()))
                    .sending("{\"currentPassword\":\"%s\",\"newPassword\":\"%s\"}"
                            .formatted(person.password(), PASSWORD));
        });
        all.put("GET /api/v1/users/me/tenants", () -> Call.as(key));
        all.put("GET /api/v1/users/me/sessions", () -> Call.as(admin));
        all.put("DELETE /api/v1/users/me/sessions/{id}", () -> {
            HandedPassword person = world.person("s");
            Map<String, String> here = session(person.user().email(), person.password());
            signIn(person.user().email(), PASSWORD);
            for (var session :
                    Call.as(here).send(http, "GET", "/api/v1/users/me/sessions").json()) {
                if (!session.path("current").asBoolean()) {
                    return Call.as(here).at("id", session.path("id").asString());
                }
            }
            throw new IllegalStateException("The other session is not shown");
        });

        datasets();
        compute();
        uploads();
        recipes();
        endpoints();
        notices();

        jobs();
        tasks();
        models();
        tunedModels();
        accounts();

        all.put("GET /api/v1/audit-events", () -> Call.as(key));
        all.put("GET /api/v1/audit-events/{id}", () -> Call.as(key).at("id", auditEvent()));
        all.put("GET /api/v1/audit-events/verification", () -> Call.as(key));
        all.put("GET /api/v1/audit-events/export", () -> Call.as(key).asking("format", "jsonl"));
    }

    private void datasets() {
        all.put("GET /api/v1/datasets", () -> Call.as(key));
        all.put("POST /api/v1/datasets", () -> {
            String upload = upload().path().get("id");
            return Call.as(key).sending("{\"upload\":\"%s\",\"name\":\"Uploaded\"}".formatted(upload));
        });
        all.put(
                "GET /api/v1/datasets/{id}",
                () -> Call.as(key).at("id", brought().path("dataset").asString()));
        all.put("PATCH /api/v1/datasets/{id}", () -> ofDataset().sending("{\"name\":\"New\",\"tags\":[\"a\"]}"));
        all.put("DELETE /api/v1/datasets/{id}", this::ofDataset);
        all.put(
                "GET /api/v1/datasets/{id}/versions",
                () -> Call.as(key).at("id", brought().path("dataset").asString()));
        all.put(
                "GET /api/v1/datasets/{id}/tags",
                () -> Call.as(key).at("id", brought().path("dataset").asString()));
        all.put("PUT /api/v1/datasets/{id}/tags/{name}", this::tagged);
        all.put("DELETE /api/v1/datasets/{id}/tags/{name}", () -> {
            Call made = tagged();
            made.send(http, "PUT", "/api/v1/datasets/{id}/tags/{name}");
            return Call.as(key)
                    .at("id", made.path().get("id"))
                    .at("name", made.path().get("name"))
                    .ifMatch(made.send(http, "GET", "/api/v1/datasets/{id}").header("ETag"));
        });
        all.put(
                "DELETE /api/v1/dataset-versions/{id}",
                () -> Call.as(key)
                        .at(
                                "id",
                                imported("own.jsonl", ROWS, "SUCCEEDED")
                                        .path("resultVersion")
                                        .asString()));
        all.put("GET /api/v1/dataset-versions/{id}/lineage", this::onVersion);
        all.put("GET /api/v1/dataset-versions/{id}", this::onVersion);
        all.put("GET /api/v1/dataset-versions/{id}/rows", this::onVersion);
        all.put(
                "GET /api/v1/dataset-versions/{id}/rows/{number}",
                () -> onVersion().at("number", 1));
        all.put(
                "GET /api/v1/dataset-versions/{id}/diff",
                () -> onVersion()
                        .asking("against", brought().path("resultVersion").asString()));
        all.put(
                "POST /api/v1/dataset-versions/{id}/edits",
                () -> onVersion()
                        .sending(
                                "{\"edits\":[{\"number\":1,\"row\":{\"text\":\"better\"}}],\"added\":[{\"text\":\"more\"}],\"note\":\"mended\",\"branch\":true}"));
        all.put("GET /api/v1/dataset-samples", () -> Call.as(key));
        all.put("POST /api/v1/dataset-samples/{id}", () -> Call.as(key).at("id", "preferences"));
        all.put("GET /api/v1/dataset-versions/{id}/token-counts", this::onVersion);
        all.put("GET /api/v1/dataset-versions/{id}/preview", this::onVersion);
        all.put(
                "POST /api/v1/dataset-versions/{id}/preparations",
                () -> onVersion()
                        .sending("{\"recipe\":\"clean\",\"ratio\":2,\"with\":[{\"version\":\"%s\",\"ratio\":0.5}]}"
                                .formatted(brought().path("resultVersion").asString())));
        all.put(
                "POST /api/v1/dataset-versions/{id}/dry-runs",
                () -> onVersion().sending("{\"recipe\":{\"version\":1,\"steps\":[{\"step\":\"normalise\"}]}}"));
        all.put("GET /api/v1/dataset-versions/{id}/export", () -> onVersion().asking("format", "canonical"));
        all.put("POST /api/v1/dataset-validations", () -> Call.as(key).sendingFile("rows.jsonl", ROWS));
        all.put("GET /api/v1/imports", () -> Call.as(key));
        all.put(
                "GET /api/v1/imports/{id}",
                () -> Call.as(key).at("id", brought().path("id").asString()));
        all.put(
                "GET /api/v1/imports/{id}/left-out",
                () -> Call.as(key).at("id", brought().path("id").asString()));
        all.put(
                "GET /api/v1/imports/{id}/left-out/export",
                () -> Call.as(key).at("id", brought().path("id").asString()).asking("format", "CSV"));
        all.put(
                "POST /api/v1/imports/{id}/repairs",
                () -> Call.as(key)
                        .at(
                                "id",
                                imported("own.jsonl", ROWS, "SUCCEEDED")
                                        .path("id")
                                        .asString())
                        .sending("{\"repairs\":[{\"number\":1,\"content\":{\"text\":\"7\"}}],\"note\":\"mended\"}"));
        all.put(
                "POST /api/v1/imports/{id}/repair-file",
                () -> Call.as(key)
                        .at(
                                "id",
                                imported("own.jsonl", ROWS, "SUCCEEDED")
                                        .path("id")
                                        .asString())
                        .sendingFile("mended.csv", "_number,text\n1,seven\n"));
        all.put(
                "PUT /api/v1/imports/{id}/mapping",
                () -> Call.as(key)
                        .at(
                                "id",
                                imported("faq.csv", "frage,antwort\n1,2\n", "MAPPING_NEEDED")
                                        .path("id")
                                        .asString())
                        .sending(MAPPING));
        all.put(
                "POST /api/v1/imports/{id}/mapping-previews",
                () -> Call.as(key)
                        .at("id", brought().path("id").asString())
                        .sending("{\"shape\":\"alpaca\",\"read\":{\"header\":true}}"));
        all.put(
                "POST /api/v1/imports/{id}/cancel",
                () -> Call.as(key)
                        .at(
                                "id",
                                imported("faq.csv", "frage,antwort\n1,2\n", "MAPPING_NEEDED")
                                        .path("id")
                                        .asString()));
    }

    private void compute() {
        Fleet fleet = platform.getBean(Fleet.class);
        all.put("GET /api/v1/pools", () -> {
            fleet.node(fleet.pool(1), 2);
            return Call.as(key);
        });
        all.put(
                "POST /api/v1/pools",
                () -> Call.as(admin)
                        .sending(
                                "{\"name\":\"made-%d\",\"description\":\"\",\"selector\":[\"gpu=v100-%d\"],\"defaultCeiling\":2}"
                                        .formatted(next(), next())));
        all.put(
                "GET /api/v1/pools/{id}",
                () -> Call.as(key).at("id", fleet.pool(1).id()));
        all.put(
                "PATCH /api/v1/pools/{id}",
                () -> ofPool(fleet.pool(1))
                        .sending("{\"description\":\"Eight cards"
                                + " each\",\"selector\":[\"gpu=h100\"],\"defaultCeiling\":8}"));
        all.put("DELETE /api/v1/pools/{id}", () -> ofPool(fleet.pool(1)));

        all.put("GET /api/v1/nodes", () -> Call.as(admin));
        all.put("GET /api/v1/nodes/{id}", () -> ofNode(fleet));
        all.put("PATCH /api/v1/nodes/{id}", () -> ofNode(fleet).sending("{\"labels\":[\"gpu=h100\"]}"));
        for (String wish : new String[] {"cordon", "drain", "uncordon", "retire"}) {
            all.put("POST /api/v1/nodes/{id}/" + wish, () -> ofNode(fleet));
        }
        all.put("GET /api/v1/devices", () -> Call.as(admin));
        all.put(
                "GET /api/v1/devices/{id}",
                () -> Call.as(admin)
                        .at(
                                "id",
                                fleet.node(fleet.pool(1), 1)
                                        .devices()
                                        .getFirst()
                                        .id()));

        all.put("GET /api/v1/quotas", () -> Call.as(key));
        all.put("GET /api/v1/quotas/{tenant}/{pool}", () -> ofCell(fleet.pool(1)));
        all.put(
                "PUT /api/v1/quotas/{tenant}/{pool}",
                () -> ofCell(fleet.pool(1))
                        .of(0)
                        .sending("{\"guaranteed\":1,\"ceiling\":4,\"monthlyGpuHours\":200,\"maxRunSeconds\":86400,"
                                + "\"maxJobs\":3,\"minPriority\":0,\"maxPriority\":60}"));
        all.put("DELETE /api/v1/quotas/{tenant}/{pool}", () -> {
            Call call = ofCell(fleet.pool(1)).of(0);
            Answer set = call.sending("{\"guaranteed\":0,\"ceiling\":1}")
                    .send(http, "PUT", "/api/v1/quotas/{tenant}/{pool}");
            return call.ifMatch(set.header("ETag"));
        });
    }

    private Call ofPool(PoolView pool) {
        return Call.as(admin).at("id", pool.id()).of(pool.version());
    }

    private Call ofNode(Fleet fleet) {
        NodeView node = fleet.node(fleet.pool(1), 2);
        return Call.as(admin).at("id", node.id()).of(node.version());
    }

    private Call ofCell(PoolView pool) {
        return Call.as(admin).at("tenant", owner.tenant().id()).at("pool", pool.id());
    }

    private void uploads() {
        all.put("GET /api/v1/uploads", () -> {
            begun();
            return Call.as(key);
        });
        all.put("POST /api/v1/uploads", () -> Call.as(key).sending("{\"name\":\"big.jsonl\",\"size\":100}"));
        all.put("GET /api/v1/uploads/{id}", this::begun);
        all.put(
                "PUT /api/v1/uploads/{id}/parts/{number}",
                () -> begun().at("number", 0).sendingBytes(ROWS));
        all.put("POST /api/v1/uploads/{id}/complete", this::upload);
        all.put("DELETE /api/v1/uploads/{id}", this::begun);
    }

    /** An upload that waits for its one part. */
    private Call begun() {
        Answer begun = Call.as(key)
                .sending("{\"name\":\"rows.jsonl\",\"size\":%d}".formatted(ROWS.length()))
                .send(http, "POST", "/api/v1/uploads");
        return Call.as(key).at("id", begun.json().path("id").asString());
    }

    /** An upload all of whose parts have come. */
    private Call upload() {
        Call begun = begun();
        Answer kept = begun.at("number", 0).sendingBytes(ROWS).send(http, "PUT", "/api/v1/uploads/{id}/parts/{number}");
        if (kept.status() != 204) {
            throw new IllegalStateException(kept.body());
        }
        return begun;
    }

    private void jobs() {
        all.put("GET /api/v1/jobs", () -> Call.as(key));
        all.put("POST /api/v1/jobs", () -> Call.as(key).sending(JOB));
        all.put("GET /api/v1/jobs/{id}", this::onJob);
        all.put("GET /api/v1/jobs/{id}/spec", this::onJob);
        all.put("GET /api/v1/jobs/{id}/history", this::onJob);
        all.put("GET /api/v1/jobs/{id}/attempts", this::onJob);
        all.put("GET /api/v1/jobs/{id}/events", this::onJob);
        all.put("PATCH /api/v1/jobs/{id}", () -> {
            Call call = onJob();
            return call.ifMatch(call.send(http, "GET", "/api/v1/jobs/{id}").header("ETag"))
                    .sending("{\"priority\":60}");
        });
        all.put("POST /api/v1/jobs/{id}/cancel", this::onJob);
        all.put("POST /api/v1/jobs/{id}/pause", this::onJob);
        all.put("POST /api/v1/jobs/{id}/resume", () -> {
            Call call = onJob();
            call.send(http, "POST", "/api/v1/jobs/{id}/pause");
            return call;
        });
        all.put("POST /api/v1/jobs/{id}/clone", () -> onJob().sending("{\"name\":\"Again\"}"));
        all.put("POST /api/v1/jobs/{id}/checkpoint", () -> Call.as(key).at("id", runningJob()));
    }

    private void tasks() {
        Supplier<Call> start = () -> Call.as(key)
                .sending(("{\"name\":\"Trial\",\"model\":\"temper-mini\",\"data\":[{\"version\":\"%s\"}],"
                                + "\"settings\":{\"stage\":\"pretrain\"}}")
                        .formatted(brought().path("resultVersion").asString()));
        Supplier<Call> started = () -> Call.as(key)
                .at(
                        "id",
                        start.get()
                                .send(http, "POST", "/api/v1/tasks")
                                .json()
                                .path("id")
                                .asString());
        all.put("GET /api/v1/tasks", () -> Call.as(key));
        all.put("POST /api/v1/tasks", start);
        all.put("POST /api/v1/task-advice", start);
        all.put("GET /api/v1/tasks/{id}", started);
        all.put("GET /api/v1/tasks/{id}/curve", started);
        all.put("GET /api/v1/tasks/{id}/output", started);
        all.put("GET /api/v1/tasks/{id}/samples", started);
        all.put("GET /api/v1/tasks/{id}/checkpoints", started);
        all.put("POST /api/v1/tasks/{id}/retry", () -> cancelled(started.get()));
        all.put(
                "POST /api/v1/tasks/{id}/continue",
                () -> checkpointed(started.get()).sending("{\"step\":1,\"settings\":{\"schedule\":{\"maxSteps\":9}}}"));
        all.put(
                "GET /api/v1/tasks/{id}/checkpoints/{step}/content",
                () -> checkpointed(started.get()).at("step", 1).asking("path", CHECKPOINT));
        all.put(
                "DELETE /api/v1/tasks/{id}/checkpoints/{step}",
                () -> checkpointed(started.get()).at("step", 1));
        all.put("GET /api/v1/tasks/{id}/outputs", started);
        all.put("GET /api/v1/tasks/{id}/exports", started);
        all.put(
                "POST /api/v1/tasks/{id}/exports",
                () -> checkpointed(started.get()).sending("{\"format\":\"gguf_q8_0\",\"checkpoint\":1}"));
        String asking = "{\"prompts\":[\"你好\"],\"maxTokens\":32,\"temperature\":0,\"base\":true}";
        Supplier<Call> checkpoint =
                () -> checkpointed(started.get()).at("step", 1).sending(asking);
        all.put("POST /api/v1/tasks/{id}/checkpoints/{step}/trials", checkpoint);
        all.put(
                "POST /api/v1/tasks/{id}/trials",
                () -> Call.as(key).at("id", trainedTask()).sending(asking));
        all.put("GET /api/v1/tasks/{id}/trials", started);
        all.put("GET /api/v1/tasks/{id}/trials/{trial}", () -> {
            Call asked = checkpoint.get();
            return asked.at(
                    "trial",
                    asked.send(http, "POST", "/api/v1/tasks/{id}/checkpoints/{step}/trials")
                            .json()
                            .path("job")
                            .path("id")
                            .asString());
        });
    }

    private Call cancelled(Call task) {
        String job = task.send(http, "GET", "/api/v1/tasks/{id}")
                .json()
                .path("job")
                .path("id")
                .asString();
        Call.as(key).at("id", job).send(http, "POST", "/api/v1/jobs/{id}/cancel");
        return task;
    }

    /** As if its run had come to its first step before it was cancelled. */
    private Call checkpointed(Call task) {
        String job = cancelled(task)
                .send(http, "GET", "/api/v1/tasks/{id}")
                .json()
                .path("job")
                .path("id")
                .asString();
        owner.does(() -> {
            Blob blob = platform.getBean(Blobs.class).store(out -> out.write(1));
            return platform.getBean(TransactionOperations.class).execute(_ -> {
                platform.getBean(Checkpoints.class)
                        .keep(UUID.fromString(job), 1, List.of(new FileRef(CHECKPOINT, blob.hash(), blob.size())));
                return blob;
            });
        });
        return task;
    }

    private void models() {
        all.put("GET /api/v1/base-models", () -> Call.as(key));
        all.put("GET /api/v1/base-models/{id}", () -> Call.as(key).at("id", model("READY")));
        all.put("GET /api/v1/base-models/{id}/files", () -> Call.as(key).at("id", model("READY")));
        all.put(
                "POST /api/v1/base-models",
                () -> Call.as(key).sending("{\"upload\":\"%s\",\"name\":\"own-%d\"}".formatted(gguf(), next())));
        all.put("PATCH /api/v1/base-models/{id}", () -> ofModel(model("READY")).sending("{\"description\":\"Tried\"}"));
        all.put("POST /api/v1/base-models/{id}/import", () -> Call.as(key).at("id", model("FAILED")));
        all.put("POST /api/v1/base-models/{id}/withdraw", () -> ofModel(model("READY")));
        all.put("POST /api/v1/base-models/{id}/restore", () -> ofModel(model("READY")));
        all.put("DELETE /api/v1/base-models/{id}", () -> ofModel(model("READY")));
        all.put("PUT /api/v1/base-models/{id}/acceptance", () -> Call.as(key).at("id", model("READY")));
        all.put("DELETE /api/v1/base-models/{id}/acceptance", () -> Call.as(key).at("id", model("READY")));
    }

    private void tunedModels() {
        all.put("GET /api/v1/tuned-models", () -> Call.as(key));
        all.put("GET /api/v1/tuned-models/{id}", () -> Call.as(key).at("id", tuned()));
        all.put("GET /api/v1/tuned-models/{id}/files", () -> Call.as(key).at("id", tuned()));
        all.put(
                "GET /api/v1/tuned-models/{id}/content",
                () -> Call.as(key).at("id", tuned()).asking("path", "output/adapter_model.safetensors"));
        all.put("DELETE /api/v1/tuned-models/{id}", () -> Call.as(key).at("id", tuned()));
    }

    /** What came of a task, as if a run had left one file. */
    private String tuned() {
        UUID task = UUID.fromString(trainedTask());
        TunedModels models = platform.getBean(TunedModels.class);
        return owner.does(() -> models.of(task).orElseThrow().id().toString());
    }

    private String trainedTask() {
        JsonNode task = Call.as(key)
                .sending(("{\"name\":\"Trial\",\"model\":\"temper-mini\",\"data\":[{\"version\":\"%s\"}],"
                                + "\"settings\":{\"stage\":\"pretrain\"}}")
                        .formatted(brought().path("resultVersion").asString()))
                .send(http, "POST", "/api/v1/tasks")
                .json();
        UUID id = UUID.fromString(task.path("id").asString());
        UUID job = UUID.fromString(task.path("job").path("id").asString());
        TunedModels models = platform.getBean(TunedModels.class);
        Blobs blobs = platform.getBean(Blobs.class);
        return owner.does(() -> {
            Blob blob = blobs.store(out -> out.write(ROWS.getBytes(StandardCharsets.UTF_8)));
            platform.getBean(TransactionOperations.class).executeWithoutResult(_ -> {
                platform.getBean(JobFiles.class)
                        .become(
                                job,
                                JobFiles.Role.OUTPUT,
                                List.of(new FileRef("output/adapter_model.safetensors", blob.hash(), blob.size())));
                models.keep(id, job, "Trial", "{\"data\":[],\"stage\":\"pretrain\",\"method\":{\"type\":\"lora\"}}");
            });
            return id.toString();
        });
    }

    /** An upload of what calls itself a GGUF file. */
    private String gguf() {
        Answer begun =
                Call.as(key).sending("{\"name\":\"own.gguf\",\"size\":4}").send(http, "POST", "/api/v1/uploads");
        Call upload = Call.as(key).at("id", begun.json().path("id").asString());
        upload.at("number", 0).sendingBytes("GGUF").send(http, "PUT", "/api/v1/uploads/{id}/parts/{number}");
        upload.send(http, "POST", "/api/v1/uploads/{id}/complete");
        return upload.path().get("id");
    }

    /** A model of the tenant's own without any files. */
    private String model(String state) {
        UUID id = Ids.next();
        TransactionOperations transactions = platform.getBean(TransactionOperations.class);
        owner.does(() -> transactions.execute(_ -> platform.getBean(JdbcClient.class)
                .sql("""
                        insert into base_models (id, tenant_id, name, state, source, origin, commercial_use, gated,
                            created_at, changed_at)
                        values (?, ?, ?, ?, 'FOLDER', '{"type":"folder","path":"gone","mark":""}', 'YES', true, now(), now())
                        """)
                .params(id, owner.tenant().id(), "own-" + next(), state)
                .update()));
        return id.toString();
    }

    private Call ofModel(String id) {
        Call call = Call.as(key).at("id", id);
        return call.ifMatch(call.send(http, "GET", "/api/v1/base-models/{id}").header("ETag"));
    }

    private void accounts() {
        all.put("GET /api/v1/queue", () -> Call.as(key));
        all.put("GET /api/v1/queue/{id}", this::onJob);
        all.put("GET /api/v1/ledger/sums", () -> Call.as(key).asking("by", "day"));
        all.put("GET /api/v1/ledger/budgets", () -> Call.as(key));
        all.put("GET /api/v1/ledger/export", () -> Call.as(key));
        all.put("GET /api/v1/quota-shares", () -> Call.as(key));
        all.put("PUT /api/v1/quota-shares", () -> Call.as(key).sending(share()));
        all.put("DELETE /api/v1/quota-shares/{id}", () -> {
            JsonNode share = Call.as(key)
                    .sending(share())
                    .send(http, "PUT", "/api/v1/quota-shares")
                    .json();
            return Call.as(key)
                    .at("id", share.path("id").asString())
                    .of(share.path("version").asLong());
        });
        all.put("GET /api/v1/reservations", () -> Call.as(key));
        all.put("POST /api/v1/reservations", () -> Call.as(admin).sending(reservation()));
        all.put(
                "GET /api/v1/reservations/{id}",
                () -> Call.as(key).at("id", reserved().path("id").asString()));
        all.put(
                "PUT /api/v1/reservations/{id}",
                () -> Call.as(admin)
                        .at("id", reserved().path("id").asString())
                        .of(0)
                        .sending(
                                "{\"devices\":2,\"startsAt\":\"2090-01-01T00:00:00Z\",\"endsAt\":\"2090-01-02T00:00:00Z\"}"));
        all.put("GET /api/v1/fleet-jobs", () -> Call.as(admin));
        all.put("GET /api/v1/fleet-jobs/{id}", () -> Call.as(admin).at("id", runningJob()));
        all.put(
                "POST /api/v1/fleet-jobs/{id}/preempt",
                () -> Call.as(admin).at("id", runningJob()).sending("{\"reason\":\"Its node is needed\"}"));
        all.put(
                "POST /api/v1/fleet-jobs/{id}/prioritise",
                () -> Call.as(admin).at("id", runningJob()).sending("{\"priority\":90,\"reason\":\"A deadline\"}"));
        all.put(
                "POST /api/v1/reservations/{id}/cancel",
                () -> Call.as(admin).at("id", reserved().path("id").asString()).of(0));
    }

    private String share() {
        return "{\"pool\":\"default\",\"userId\":\"%s\",\"maxDevices\":4}"
                .formatted(world.member(owner.tenant(), Role.MEMBER).userId());
    }

    private String reservation() {
        return "{\"tenantId\":\"%s\",\"pool\":\"default\",\"devices\":1,"
                        .formatted(owner.tenant().id())
                + "\"startsAt\":\"%1$d-01-01T00:00:00Z\",\"endsAt\":\"%1$d-01-02T00:00:00Z\"}".formatted(2100 + next());
    }

    private JsonNode reserved() {
        return Call.as(admin)
                .sending(reservation())
                .send(http, "POST", "/api/v1/reservations")
                .json();
    }

    private Call onJob() {
        return Call.as(key)
                .at(
                        "id",
                        Call.as(key)
                                .sending(JOB)
                                .send(http, "POST", "/api/v1/jobs")
                                .json()
                                .path("id")
                                .asString());
    }

    private UUID runningJob() {
        Fleet fleet = platform.getBean(Fleet.class);
        PoolView pool = fleet.pool(1);
        NodeView node = fleet.node(pool, 1);
        JobView job = fleet.submit(owner, pool, 1);
        long fence = fleet.assign(job, node);
        Runs runs = platform.getBean(Runs.class);
        runs.claim(node.id(), Set.of("trial"), Duration.ofMinutes(1));
        runs.started(node.id(), fence);
        return job.id();
    }

    private void recipes() {
        all.put("GET /api/v1/recipe-steps", () -> Call.as(key));
        all.put("GET /api/v1/recipes", () -> Call.as(key));
        all.put("POST /api/v1/recipes", () -> Call.as(key).sending(recipe()));
        all.put("GET /api/v1/recipes/{id}", this::ofRecipe);
        all.put("GET /api/v1/recipes/{id}/versions", this::ofRecipe);
        all.put(
                "PATCH /api/v1/recipes/{id}",
                () -> ofRecipe().sending("{\"description\":\"tidier\",\"recipe\":{\"version\":1,\"steps\":[]}}"));
        all.put("DELETE /api/v1/recipes/{id}", this::ofRecipe);
    }

    private void endpoints() {
        all.put("GET /api/v1/model-endpoints", () -> Call.as(key));
        all.put("POST /api/v1/model-endpoints", () -> Call.as(key).sending(endpoint()));
        all.put("GET /api/v1/model-endpoints/{id}", this::ofEndpoint);
        all.put("PATCH /api/v1/model-endpoints/{id}", () -> ofEndpoint().sending("{\"model\":\"qwen3\"}"));
        all.put("DELETE /api/v1/model-endpoints/{id}", this::ofEndpoint);
    }

    private void notices() {
        all.put("GET /api/v1/notices", () -> Call.as(key));
        all.put("GET /api/v1/notices/unread", () -> Call.as(key));
        all.put("POST /api/v1/notices/read", () -> Call.as(key).sending("{\"upTo\":\"%s\"}".formatted(Ids.next())));
        all.put("POST /api/v1/notices/{id}/read", () -> Call.as(key).at("id", notice()));
        all.put("GET /api/v1/users/me/notice-choices", () -> Call.as(key));
        all.put("PUT /api/v1/users/me/notice-choices", () -> Call.as(key).sending("{\"mail\":[\"task.failed\"]}"));
        all.put("GET /api/v1/webhooks", () -> Call.as(key));
        all.put("POST /api/v1/webhooks", () -> asHookOwner().sending(HOOK));
        all.put("GET /api/v1/webhooks/{id}", this::ofWebhook);
        all.put("PATCH /api/v1/webhooks/{id}", () -> ofWebhook().sending("{\"active\":false}"));
        all.put("DELETE /api/v1/webhooks/{id}", this::ofWebhook);
        all.put("POST /api/v1/webhooks/{id}/secret", this::ofWebhook);
        all.put("POST /api/v1/webhooks/{id}/test", this::ofWebhook);
        all.put("GET /api/v1/webhooks/{id}/deliveries", this::ofWebhook);
        all.put("GET /api/v1/webhook-deliveries/{id}", this::ofDelivery);
        all.put("POST /api/v1/webhook-deliveries/{id}/redeliver", this::ofDelivery);
    }

    /** Of a tenant of its own: one may only have so many. */
    private Call asHookOwner() {
        return Call.as(keyOf(world.owner()));
    }

    private Call ofWebhook() {
        Call call = asHookOwner();
        Answer made = call.sending(HOOK).send(http, "POST", "/api/v1/webhooks");
        JsonNode webhook = made.json().path("webhook");
        return call.at("id", webhook.path("id").asString())
                .of(webhook.path("version").asLong());
    }

    private Call ofDelivery() {
        Call call = ofWebhook();
        Answer sent = call.send(http, "POST", "/api/v1/webhooks/{id}/test");
        return call.at("id", sent.json().path("id").asString());
    }

    private UUID notice() {
        JobView job = owner.does(() -> platform.getBean(Jobs.class)
                .submit(new JobRequest(
                        "Told of",
                        "trial",
                        "{}",
                        platform.getBean(Fleet.class).pool(1).name(),
                        1,
                        Duration.ofMinutes(1),
                        50,
                        0,
                        Ids.next())));
        owner.does(() -> platform.getBean(Jobs.class).cancel(job.id()));
        return owner.does(() -> platform.getBean(Notices.class)
                        .list(platform.getBean(Cursors.class).query(1, null, "notices"), Locale.ENGLISH))
                .items()
                .getFirst()
                .id();
    }

    private String endpoint() {
        return "{\"name\":\"model %d\",\"baseUrl\":\"https://203.0.113.7/v1\",\"model\":\"qwen\",\"key\":\"sk-1\"}"
                .formatted(next());
    }

    private Call ofEndpoint() {
        Answer made = Call.as(key).sending(endpoint()).send(http, "POST", "/api/v1/model-endpoints");
        return Call.as(key).at("id", made.json().path("id").asString()).ifMatch(made.header("ETag"));
    }

    private String recipe() {
        return "{\"name\":\"tidy %d\",\"description\":\"\",\"recipe\":{\"version\":1,\"steps\":[{\"step\":\"normalise\"}]}}"
                .formatted(next());
    }

    private Call ofRecipe() {
        Answer made = Call.as(key).sending(recipe()).send(http, "POST", "/api/v1/recipes");
        return Call.as(key).at("id", made.json().path("id").asString()).ifMatch(made.header("ETag"));
    }

    private Call onVersion() {
        return Call.as(key).at("id", brought().path("resultVersion").asString());
    }

    /** A tag on the version of a dataset of its own. */
    private Call tagged() {
        JsonNode own = imported("own.jsonl", ROWS, "SUCCEEDED");
        Call call = Call.as(key).at("id", own.path("dataset").asString()).at("name", "reviewed");
        return call.ifMatch(call.send(http, "GET", "/api/v1/datasets/{id}").header("ETag"))
                .sending("{\"version\":\"" + own.path("resultVersion").asString() + "\"}");
    }

    /** A dataset of its own, with the version it has. */
    private Call ofDataset() {
        Call call = Call.as(key)
                .at(
                        "id",
                        imported("own.jsonl", ROWS, "SUCCEEDED").path("dataset").asString());
        return call.ifMatch(call.send(http, "GET", "/api/v1/datasets/{id}").header("ETag"));
    }

    /** An import that ended well; one serves all who only look. */
    private JsonNode brought() {
        if (brought == null) {
            brought = imported("rows.jsonl", ROWS, "SUCCEEDED");
        }
        return brought;
    }

    private JsonNode imported(String file, String content, String state) {
        Answer started = Call.as(key).sendingFile(file, content).send(http, "POST", "/api/v1/datasets");
        Call look = Call.as(key).at("id", started.json().path("id").asString());
        await().atMost(Duration.ofSeconds(20))
                .until(() -> look.send(http, "GET", "/api/v1/imports/{id}")
                        .json()
                        .path("state")
                        .asString()
                        .equals(state));
        return look.send(http, "GET", "/api/v1/imports/{id}").json();
    }

    private int next() {
        return number.incrementAndGet();
    }

    private Call onTenant(TenantView tenant) {
        return Call.as(admin).at("id", tenant.id()).of(tenant.version());
    }

    private UUID invitation() {
        String email = "invited%d@example.org".formatted(next());
        return owner.does(() -> platform.getBean(Invitations.class)
                .invite(email, Role.VIEWER)
                .invitation()
                .id());
    }

    private UUID apiKey() {
        return owner.does(() -> platform.getBean(ApiKeys.class)
                .create("short-lived", Set.of(Scope.READ), null)
                .apiKey()
                .id());
    }

    private UUID enrolmentToken() {
        return Caller.system("test")
                .call(() -> platform.getBean(EnrolmentTokens.class)
                        .issue(EnrolmentTokens.DEFAULT_LIFE)
                        .enrolmentToken()
                        .id());
    }

    private UUID auditEvent() {
        return owner.does(() -> platform.getBean(AuditEvents.class)
                .page(AuditFilter.ALL, platform.getBean(Cursors.class).query(1, null, "example"))
                .items()
                .getFirst()
                .id());
    }

    private Map<String, String> keyOf(Inhabitant somebody) {
        return Map.of(
                "Authorization", "Bearer " + world.key(somebody, Scope.values()).secret());
    }

    /** Somebody signed in who has chosen their password. */
    private Map<String, String> session(String email, String handed) {
        Map<String, String> first = signIn(email, handed);
        Answer changed = Call.as(first)
                .sending("{\"currentPassword\":\"%s\",\"newPassword\":\"%s\"}".formatted(handed, PASSWORD))
                .send(http, "PUT", "/api/v1/users/me/password");
        if (changed.status() != 200) {
            throw new IllegalStateException(changed.body());
        }
        return signIn(email, PASSWORD);
    }

    private Map<String, String> signIn(String email, String password) {
        Answer form = http.get("/login");
        String fields =
                "username=" + encoded(email) + "&password=" + encoded(password) + "&_csrf=" + encoded(form.body());
        Answer in = http.send(
                "POST", "/login", fields, "Content-Type", "application/x-www-form-urlencoded", "Cookie", cookie(form));
        String session = cookie(in);
        if (session.isEmpty()) {
            throw new IllegalStateException("Not signed in: " + in.status() + " " + in.header("Location"));
        }
        return Map.of(
                "Cookie",
                session,
                "X-CSRF-TOKEN",
                http.get("/login", "Cookie", session).body());
    }

    private static String cookie(Answer answer) {
        return answer.header("Set-Cookie").replaceFirst(";.*", "");
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
