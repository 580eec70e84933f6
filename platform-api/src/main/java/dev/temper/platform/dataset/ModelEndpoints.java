package dev.temper.platform.dataset;

import dev.temper.contract.CodedException;
import dev.temper.data.recipe.ModelEndpoint;
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
import dev.temper.platform.common.Use;
import dev.temper.platform.tenant.Secrets;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The models that a tenant's recipes may ask. Addresses in private networks are refused unless the platform allows them. */
@Service
@Transactional
@EnableConfigurationProperties(ModelSettings.class)
public class ModelEndpoints {
    private static final int LONGEST_KEY = 1_000;
    private static final UUID LAST = new UUID(-1, -1);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String FORM = "https://models.example.com/v1";

    private final EndpointTable table;
    private final Secrets secrets;
    private final ModelSettings settings;
    private final Audit audit;

    ModelEndpoints(EndpointTable table, Secrets secrets, ModelSettings settings, Audit audit) {
        this.table = table;
        this.secrets = secrets;
        this.settings = settings;
        this.audit = audit;
    }

    /** Newest first. */
    @Transactional(readOnly = true)
    public Page<EndpointView> list(PageQuery page) {
        Caller.current().require(Permission.READ);
        UUID before = page.after().map(key -> key.uuid(0)).orElse(LAST);
        return page.slice(table.before(before, page.fetch()), endpoint -> Keyset.of(endpoint.id()));
    }

    @Transactional(readOnly = true)
    public EndpointView get(UUID id) {
        Caller.current().require(Permission.READ);
        return find(id);
    }

    public EndpointView create(EndpointChange wanted) {
        Caller.current().require(Permission.MANAGE_TENANT);
        UUID id = Ids.next();
        table.insert(
                id,
                name(required("/name", wanted.name()), null),
                address(required("/baseUrl", wanted.baseUrl())),
                DatasetInput.text("/model", required("/model", wanted.model()), 200),
                encrypted(id, wanted.key()));
        EndpointView view = find(id);
        audit.record(AuditAction.MODEL_ENDPOINT_CREATED, target(view), null, view);
        return view;
    }

    public EndpointView change(UUID id, EndpointChange change, IfMatch version) {
        Caller.current().require(Permission.MANAGE_TENANT);
        EndpointView before = find(id);
        version.check(before.version());
        String address = change.baseUrl() == null ? before.baseUrl() : address(change.baseUrl());
        // A key is for the address it was given for: whoever changes where it is sent must know it.
        byte[] key = change.key() != null
                ? encrypted(id, change.key())
                : address.equals(before.baseUrl()) ? table.key(id).orElse(null) : null;
        table.change(
                id,
                change.name() == null ? before.name() : name(change.name(), id),
                address,
                change.model() == null
                        ? before.model()
                        : DatasetInput.text("/model", required("/model", change.model()), 200),
                key);
        EndpointView after = find(id);
        audit.record(AuditAction.MODEL_ENDPOINT_CHANGED, target(after), before, after);
        return after;
    }

    public void delete(UUID id, IfMatch version) {
        Caller.current().require(Permission.MANAGE_TENANT);
        EndpointView gone = find(id);
        version.check(gone.version());
        Use.refuse(table.recipes(gone.name()), ErrorCode.MODEL_ENDPOINT_IN_USE, "endpoint", gone.name());
        table.delete(id);
        audit.record(AuditAction.MODEL_ENDPOINT_DELETED, target(gone), gone, null);
    }

    /** The endpoint that a recipe names. */
    @Transactional(readOnly = true)
    public ModelEndpoint open(String name) {
        EndpointView view = table.byName(name)
                .orElseThrow(() -> CodedException.user(
                                "recipe_endpoint_missing",
                                "The recipe asks a model at " + name + ", but no such endpoint is configured.",
                                "Configure the endpoint, or remove the step.")
                        .with("endpoint", name));
        Optional<String> key = table.key(view.id()).map(kept -> secrets.decrypt(view.id(), kept));
        return new ModelEndpoint(
                URI.create(view.baseUrl()), view.model(), key, settings.allowPrivateEndpoints(), PATIENCE);
    }

    private byte @Nullable [] encrypted(UUID id, @Nullable String key) {
        return key == null || key.isBlank()
                ? null
                : secrets.encrypt(
                        id, DatasetInput.text("/key", key, LONGEST_KEY).strip());
    }

    private String address(String typed) {
        String clean = DatasetInput.text("/baseUrl", typed, 500);
        try {
            ModelEndpoint endpoint =
                    new ModelEndpoint(new URI(clean), "", Optional.empty(), settings.allowPrivateEndpoints(), PATIENCE);
            endpoint.requireReachable();
            return clean;
        } catch (URISyntaxException | IllegalArgumentException noAddress) {
            throw ErrorCode.FIELD_NOT_IN_FORM.at("/baseUrl").with("form", FORM).because(noAddress);
        }
    }

    private String name(String typed, @Nullable UUID own) {
        String name = DatasetInput.name("/name", typed);
        table.byName(name).filter(other -> !other.id().equals(own)).ifPresent(other -> {
            throw ErrorCode.MODEL_ENDPOINT_NAME_TAKEN.at("/name").with("name", name);
        });
        return name;
    }

    private static String required(String field, @Nullable String typed) {
        if (typed == null || typed.isBlank()) {
            throw ErrorCode.FIELD_REQUIRED.at(field);
        }
        return typed;
    }

    private EndpointView find(UUID id) {
        return table.find(id).orElseThrow(ErrorCode.NOT_FOUND::problem);
    }

    private static AuditTarget target(EndpointView endpoint) {
        return AuditTarget.of("model_endpoint", endpoint.id(), endpoint.name());
    }
}
