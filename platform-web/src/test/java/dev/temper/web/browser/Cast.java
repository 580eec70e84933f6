package dev.temper.web.browser;

import static org.awaitility.Awaitility.await;

import dev.temper.contract.GenerateSpec;
import dev.temper.contract.link.FileRef;
import dev.temper.data.recipe.Recipe;
import dev.temper.platform.blob.Blob;
import dev.temper.platform.blob.Blobs;
import dev.temper.platform.blob.Uploads;
import dev.temper.platform.common.Actor;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.TenantScope;
import dev.temper.platform.dataset.ImportView;
import dev.temper.platform.dataset.Imports;
import dev.temper.platform.job.Checkpoints;
import dev.temper.platform.notice.Deliveries;
import dev.temper.platform.notice.Webhooks;
import dev.temper.platform.task.Draft;
import dev.temper.platform.task.Drafts;
import dev.temper.platform.task.TaskRequest;
import dev.temper.platform.task.TaskRequest.Ingredient;
import dev.temper.platform.task.TaskView;
import dev.temper.platform.task.Tasks;
import dev.temper.platform.task.Trials;
import dev.temper.platform.tenant.ApiKeys;
import dev.temper.platform.tenant.HandedPassword;
import dev.temper.platform.tenant.Invitations;
import dev.temper.platform.tenant.Members;
import dev.temper.platform.tenant.Profiles;
import dev.temper.platform.tenant.Role;
import dev.temper.platform.tenant.Scope;
import dev.temper.platform.tenant.TenantView;
import dev.temper.platform.tenant.Tenants;
import dev.temper.platform.tenant.Users;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/** Who appears in the tests: a tenant with somebody in every role, hostile names among them, and a platform admin. */
@TestComponent
class Cast {
    static final String PASSWORD = "correct horse battery staple";
    /** Everything that must stay text wherever it is shown. */
    static final String HOSTILE =
            "<img src=x onerror=window.caught=1> ${7*7} [[${7*7}]] <a hx-get=/x>\u202Egnp javascript:1";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final AtomicInteger NUMBER = new AtomicInteger();

    final TenantView tenant;
    final TenantView hostileTenant;
    final Map<Role, String> people = new EnumMap<>(Role.class);
    final String platformAdmin;

    private final Users users;
    private final Tenants tenants;
    private final Members members;
    private final Profiles profiles;
    private final Imports imports;
    private final Blobs blobs;
    private final Drafts drafts;
    private final Tasks tasks;
    private final Checkpoints checkpoints;
    private final Trials trials;
    private final TransactionOperations transactions;
    private final Webhooks webhooks;
    private final Deliveries deliveries;
    private @Nullable String imported;
    private @Nullable List<String> trained;
    private @Nullable List<String> told;

    Cast(
            Users users,
            Tenants tenants,
            Members members,
            Profiles profiles,
            Invitations invitations,
            ApiKeys keys,
            Uploads uploads,
            Imports imports,
            Blobs blobs,
            Drafts drafts,
            Tasks tasks,
            Checkpoints checkpoints,
            Trials trials,
            TransactionOperations transactions,
            Webhooks webhooks,
            Deliveries deliveries) {
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.imports = imports;
        this.blobs = blobs;
        this.drafts = drafts;
        this.tasks = tasks;
        this.checkpoints = checkpoints;
        this.trials = trials;
        this.transactions = transactions;
        this.users = users;
        this.tenants = tenants;
        this.members = members;
        this.profiles = profiles;
        Caller system = Caller.system("test");
        this.tenant = system.call(() -> tenants.create("医疗问答", "acme"));
        this.hostileTenant = system.call(() -> tenants.create(HOSTILE, "hostile"));
        for (Role role : Role.values()) {
            people.put(role, person(role == Role.MEMBER ? HOSTILE : "Some " + role));
        }
        people.forEach((role, email) -> join(tenant, email, role));
        String owner = email(Role.OWNER);
        join(hostileTenant, owner, Role.OWNER);
        TenantScope.run(
                tenant.id(),
                () -> as(owner).run(() -> {
                    invitations.invite("invited@example.org", Role.VIEWER);
                    uploads.begin(HOSTILE, 30_000_000, null);
                    keys.create(HOSTILE, EnumSet.of(Scope.READ, Scope.WRITE), null);
                    keys.revoke(keys.create("Old", EnumSet.of(Scope.READ), null)
                            .apiKey()
                            .id());
                }));
        TenantScope.run(hostileTenant.id(), () -> as(owner).run(() -> hostileRows(imports, blobs)));
        this.platformAdmin = chosen(system.call(() -> users.createPlatformAdmin("root@example.org", "Root")));
    }

    /** Rows that are read while the first pages are visited. */
    private static void hostileRows(Imports imports, Blobs blobs) {
        String row = JsonMapper.shared().writeValueAsString(Map.of("instruction", HOSTILE, "output", HOSTILE));
        Blob file = blobs.store(out -> out.write((row + "\n").getBytes(StandardCharsets.UTF_8)));
        imports.start(new Imports.Wanted(null, HOSTILE, "rows.jsonl", file, null, Recipe.EMPTY));
    }

    /**
     * Brings a file in, once: rows that were kept, with everything that must stay text, and rows that were left out.
     *
     * @return where its import is looked at, as in {@code /t/acme/datasets/import/…}
     */
    synchronized String imported() {
        if (imported == null) {
            String rows =
                    JSON.writeValueAsString(Map.of("instruction", HOSTILE, "output", HOSTILE, HOSTILE, HOSTILE)) + """

                    {"instruction":"写信到哪里？","output":"jo@example.org","split":"test"}
                    {"prompt":"only a question"}
                    {"instruction":"broken
                    """;
            ImportView begun = inTenant(() -> imports.start(new Imports.Wanted(
                    null,
                    "Mended " + HOSTILE,
                    HOSTILE.replace("/", "") + ".jsonl",
                    blobs.store(out -> out.write(rows.getBytes(StandardCharsets.UTF_8))),
                    null,
                    Recipe.EMPTY)));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> inTenant(() -> imports.get(begun.id())).state().over());
            imported = "/t/acme/datasets/import/" + begun.id();
        }
        return imported;
    }

    /**
     * Has a task queued and another drafted on the rows that were brought in, once.
     *
     * @return their pages
     */
    synchronized List<String> trained() {
        if (trained == null) {
            String brought = imported();
            UUID of = UUID.fromString(brought.substring(brought.lastIndexOf('/') + 1));
            UUID version =
                    Objects.requireNonNull(inTenant(() -> imports.get(of)).resultVersion());
            TaskView task = inTenant(() -> tasks.start(new TaskRequest(
                    HOSTILE, "temper-mini", List.of(new Ingredient(version, 1)), "{}", "default", 1, null, 50)));
            Draft draft = inTenant(() -> drafts.begin(Map.of(
                    "name",
                    HOSTILE,
                    "data",
                    version + ":1",
                    "model",
                    "temper-mini",
                    "pool",
                    "default",
                    "rank",
                    "999")));
            String root = "/t/acme/tasks/";
            trained = List.of(
                    root + task.number(),
                    root + task.number() + "/cancel",
                    root + task.number() + "/continue",
                    root + task.number() + "/trials/new",
                    root + task.number() + "/trials/" + tried(task),
                    root + task.number() + "/checkpoints/1/delete",
                    root + "compare?runs=" + task.number() + "," + task.number(),
                    root + "new/" + draft.number() + "/dataset",
                    root + "new/" + draft.number() + "/model",
                    root + "new/" + draft.number() + "/compute",
                    root + "new/" + draft.number() + "/parameters",
                    root + "new/" + draft.number() + "/review");
        }
        return trained;
    }

    /** As if the task's run had written a checkpoint, of which something is asked. */
    private long tried(TaskView task) {
        return inTenant(() -> {
            Blob weights = blobs.store(out -> out.write(1));
            transactions.executeWithoutResult(_ -> checkpoints.keep(
                    task.job().id(),
                    1,
                    List.of(new FileRef("output/checkpoint-1/trained.safetensors", weights.hash(), weights.size()))));
            return trials.start(
                            task.id(),
                            1L,
                            new Trials.Wanted(
                                    List.of(new GenerateSpec.Asked(HOSTILE, List.of(HOSTILE))),
                                    GenerateSpec.Sampling.DEFAULT,
                                    true,
                                    null))
                    .job()
                    .number();
        });
    }

    /**
     * Has a message sent to a program that does not listen, once.
     *
     * @return its pages
     */
    synchronized List<String> told() {
        if (told == null) {
            UUID webhook = inTenant(() -> webhooks.create(
                            "http://127.0.0.1:9/" + "long/".repeat(40),
                            List.of("task.failed", "import.mapping_needed")))
                    .webhook()
                    .id();
            UUID delivery = inTenant(() -> deliveries.test(webhook)).id();
            await().atMost(Duration.ofSeconds(30))
                    .until(() ->
                            !inTenant(() -> deliveries.get(delivery)).tries().isEmpty());
            String root = "/t/acme/webhooks/" + webhook;
            told = List.of(root, root + "/renew", root + "/deliveries/" + delivery);
        }
        return told;
    }

    private <T> T inTenant(Supplier<T> work) {
        return TenantScope.call(tenant.id(), () -> as(email(Role.OWNER)).call(work::get));
    }

    String email(Role role) {
        return people.getOrDefault(role, "");
    }

    /** Somebody new who has chosen a password. */
    String person(String name) {
        return chosen(fresh(name));
    }

    /** Somebody new with the password they were handed. */
    HandedPassword fresh(String name) {
        String email = "person" + NUMBER.incrementAndGet() + "@example.org";
        return Caller.system("test").call(() -> users.create(email, name));
    }

    TenantView tenant(String name) {
        return Caller.system("test").call(() -> tenants.create(name, null));
    }

    void join(TenantView where, String email, Role role) {
        Caller system = Caller.system("test");
        UUID id = system.call(() -> users.byEmail(email)).orElseThrow().id();
        TenantScope.run(where.id(), () -> system.run(() -> members.add(id, role)));
    }

    private String chosen(HandedPassword handed) {
        as(handed.user().email()).run(() -> profiles.changePassword(handed.password(), PASSWORD));
        return handed.user().email();
    }

    Caller as(String email) {
        UUID id = Caller.system("test")
                .call(() -> users.byEmail(email))
                .orElseThrow()
                .id();
        return new Caller(Actor.user(id, email, "192.0.2.1", "test"), id, EnumSet.allOf(Permission.class));
    }
}
