package dev.temper.platform.model;

import dev.temper.contract.CodedException;
import dev.temper.contract.link.FileRef;
import dev.temper.model.ModelFacts;
import dev.temper.platform.audit.Audit;
import dev.temper.platform.audit.AuditAction;
import dev.temper.platform.audit.AuditTarget;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.Keyset;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.Use;
import dev.temper.platform.model.BaseModelTable.Kept;
import dev.temper.platform.model.BaseModelTable.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The base models that the tenant in scope has or shares with all others. */
@Service
public class BaseModels {
    private final BaseModelTable table;
    private final ModelHome home;
    private final ModelUses uses;
    private final Audit audit;

    BaseModels(BaseModelTable table, ModelHome home, ModelUses uses, Audit audit) {
        this.table = table;
        this.home = home;
        this.uses = uses;
        this.audit = audit;
    }

    /** By name. */
    @Transactional(readOnly = true)
    public Page<BaseModelView> list(PageQuery page) {
        requireSight();
        String after = page.after().map(key -> key.text(0)).orElse("");
        return page.slice(
                table.after(after, page.fetch()).stream().map(Kept::view).toList(), model -> Keyset.of(model.name()));
    }

    /** Those a task may begin with, by name. */
    @Transactional(readOnly = true)
    public List<BaseModelView> usable() {
        requireSight();
        return table.ready().stream()
                .map(Kept::view)
                .filter(BaseModelView::usable)
                .toList();
    }

    @Transactional(readOnly = true)
    public BaseModelView get(UUID id) {
        requireSight();
        return find(id).view();
    }

    /** By the name in its address. */
    @Transactional(readOnly = true)
    public BaseModelView byName(String name) {
        requireSight();
        return table.byName(name).orElseThrow(ErrorCode.NOT_FOUND::problem).view();
    }

    /** What a run of it is given, by path. */
    @Transactional(readOnly = true)
    public List<FileRef> files(UUID id) {
        requireSight();
        return table.files(find(id).id(), Role.MODEL);
    }

    /** The chat template it brings; empty where it has none. */
    @Transactional(readOnly = true)
    public Optional<String> chatTemplate(UUID id) {
        requireSight();
        return table.chatTemplate(find(id).id());
    }

    /** What its files say, to judge a training by before there is one; empty before they were looked at. */
    @Transactional(readOnly = true)
    public Optional<ModelFacts> facts(UUID id) {
        requireSight();
        return Optional.ofNullable(find(id).facts());
    }

    /** The same of a model by its name; empty where there is no such model, too. */
    @Transactional(readOnly = true)
    public Optional<ModelFacts> facts(String name) {
        requireSight();
        return table.byName(name).flatMap(model -> Optional.ofNullable(model.facts()));
    }

    /**
     * The model that a task is to begin with.
     *
     * @throws CodedException {@code base_model_unknown}
     * @throws dev.temper.platform.common.Problem where it is not ready, withdrawn, or its licence not accepted
     */
    @Transactional(readOnly = true)
    public UsableModel require(String name) {
        Caller.current().require(Permission.READ);
        Kept model = table.byName(name).orElseThrow(() -> unknown(name));
        ModelFacts facts = model.facts();
        BaseModelView view = model.view();
        if (view.state() == BaseModelState.WITHDRAWN) {
            throw ErrorCode.MODEL_WITHDRAWN.at("/model").with("model", view.name());
        }
        if (view.state() != BaseModelState.READY || facts == null) {
            throw ErrorCode.MODEL_NOT_READY.at("/model").with("model", view.name());
        }
        if (!view.usable()) {
            throw ErrorCode.LICENCE_NOT_ACCEPTED
                    .at("/model")
                    .with("model", view.name())
                    .with("licence", view.licence().name());
        }
        List<FileRef> files = table.files(model.id(), Role.MODEL);
        return new UsableModel(
                model.id(),
                view.name(),
                model.origin() instanceof Origin.Hub hub ? hub.repository() : view.name(),
                ModelFolder.path(view.name(), facts.format(), files),
                ModelFolder.placed(view.name(), files),
                facts,
                model.shared());
    }

    CodedException unknown(String name) {
        String there = table.ready().stream().map(model -> model.view().name()).collect(Collectors.joining(", "));
        return CodedException.user(
                        "base_model_unknown",
                        "There is no base model " + name + ".",
                        there.isEmpty() ? "Ask the platform's admin to add one." : "Choose one of " + there + ".")
                .with("model", name);
    }

    /**
     * What to change; null stays as it is.
     *
     * @param licence what is accepted is one wording: after a change it has to be accepted again
     */
    public record Change(
            @Nullable String description, @Nullable Licence licence) {}

    public BaseModelView change(UUID id, Change change, IfMatch version) {
        return changed(id, version, AuditAction.BASE_MODEL_CHANGED, model -> {
            BaseModelView now = model.view();
            table.describe(
                    id,
                    change.description() == null
                            ? now.description()
                            : ModelInput.text("/description", change.description(), 2_000),
                    change.licence() == null ? now.licence() : ModelInput.licence(change.licence()));
        });
    }

    /** No task begins with it any more; what was made of it keeps it. */
    public BaseModelView withdraw(UUID id, IfMatch version) {
        return changed(id, version, AuditAction.BASE_MODEL_WITHDRAWN, model -> {
            if (model.view().state() != BaseModelState.READY) {
                throw ErrorCode.MODEL_NOT_READY.with("model", model.view().name());
            }
            table.enter(id, BaseModelState.WITHDRAWN);
        });
    }

    public BaseModelView restore(UUID id, IfMatch version) {
        return changed(id, version, AuditAction.BASE_MODEL_RESTORED, model -> {
            if (model.view().state() == BaseModelState.WITHDRAWN) {
                table.enter(id, BaseModelState.READY);
            }
        });
    }

    private BaseModelView changed(UUID id, IfMatch version, AuditAction action, Consumer<Kept> change) {
        return at(id, () -> {
            Kept model = find(id);
            version.check(model.view().version());
            change.accept(model);
            BaseModelView after = find(id).view();
            audit.record(action, target(after), model.view(), after);
            return after;
        });
    }

    /** Only a model that nothing was made of; a shared one can only be withdrawn once any tenant has used it. */
    public void delete(UUID id, IfMatch version) {
        at(id, () -> {
            Kept model = find(id);
            version.check(model.view().version());
            Use.refuse(
                    uses.of(model),
                    ErrorCode.MODEL_IN_USE,
                    "model",
                    model.view().name());
            home.replace(model, List.of(), List.of());
            table.delete(id);
            audit.record(AuditAction.BASE_MODEL_DELETED, target(model.view()), model.view(), null);
            return id;
        });
    }

    /** The tenant agrees to what the licence asks. */
    @Transactional
    public BaseModelView accept(UUID id) {
        Caller.current().require(Permission.MANAGE_TENANT);
        Kept model = find(id);
        if (model.view().acceptance() == null) {
            table.accept(id, model.licenceVersion(), Caller.current().requirePerson());
            audit.record(
                    AuditAction.LICENCE_ACCEPTED,
                    target(model.view()),
                    null,
                    Map.of("licence", model.view().licence(), "wording", model.licenceVersion()));
        }
        return find(id).view();
    }

    /** The tenant agrees no longer; tasks that run go on. */
    @Transactional
    public BaseModelView unaccept(UUID id) {
        Caller.current().require(Permission.MANAGE_TENANT);
        Kept model = find(id);
        if (model.view().acceptance() != null) {
            table.unaccept(id);
            audit.record(
                    AuditAction.LICENCE_ACCEPTANCE_REVOKED,
                    target(model.view()),
                    model.view().acceptance(),
                    null);
        }
        return find(id).view();
    }

    /** Whether the caller may change the model. */
    public boolean mayChange(BaseModelView model) {
        return Caller.current().may(permission(model.shared()));
    }

    private static Permission permission(boolean shared) {
        return shared ? Permission.MANAGE_PLATFORM : Permission.MANAGE_TENANT;
    }

    private <T> T at(UUID id, Supplier<T> work) {
        boolean shared = home.reading(() -> find(id)).shared();
        Caller.current().require(permission(shared));
        return home.in(shared, work);
    }

    private Kept find(UUID id) {
        return table.find(id).orElseThrow(ErrorCode.NOT_FOUND::problem);
    }

    /** The platform's admins see what is shared without being of a tenant. */
    private static void requireSight() {
        Caller caller = Caller.current();
        if (!caller.may(Permission.MANAGE_PLATFORM)) {
            caller.require(Permission.READ);
        }
    }

    static AuditTarget target(BaseModelView model) {
        return AuditTarget.of("base_model", model.id(), model.name());
    }
}
