package dev.temper.platform.model;

import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import dev.temper.platform.audit.Audit;
import dev.temper.platform.audit.AuditAction;
import dev.temper.platform.blob.UploadView;
import dev.temper.platform.blob.Uploads;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.Chores;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Ids;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.TenantScope;
import dev.temper.platform.model.BaseModelTable.Coming;
import dev.temper.platform.model.BaseModelTable.Kept;
import dev.temper.platform.tenant.Secrets;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Bringing base models in. The answer comes at once, the model when its import is over. */
@Service
public class ModelImports {
    private static final Pattern REPOSITORY =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,95}/[A-Za-z0-9][A-Za-z0-9._-]{0,95}");
    private static final Pattern REVISION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,99}");
    private static final int LONGEST_TOKEN = 500;

    private final BaseModelTable table;
    private final ModelHome home;
    private final Uploads uploads;
    private final Secrets secrets;
    private final RegistrySettings settings;
    private final Chores chores;
    private final CustomTask<ModelImportTask.Ref> task;
    private final Audit audit;

    ModelImports(
            BaseModelTable table,
            ModelHome home,
            Uploads uploads,
            Secrets secrets,
            RegistrySettings settings,
            Chores chores,
            CustomTask<ModelImportTask.Ref> baseModelImports,
            Audit audit) {
        this.table = table;
        this.home = home;
        this.uploads = uploads;
        this.secrets = secrets;
        this.settings = settings;
        this.chores = chores;
        this.task = baseModelImports;
        this.audit = audit;
    }

    /**
     * A model to bring in.
     *
     * @param name what tasks call it; empty: as the source suggests
     * @param shared whether it is for every tenant, which only the platform's admins may say
     */
    public record Wanted(String name, boolean shared, String description, Licence licence) {}

    /** A folder or a GGUF file of the platform's machine, below one of the folders that its settings name. */
    public BaseModelView fromFolder(String path, Wanted wanted) {
        Caller.current().require(Permission.MANAGE_PLATFORM);
        Path place = allowed(path);
        return begin(
                Ids.next(),
                new Origin.Folder(place.toString(), FoundModel.at(place).mark()),
                wanted,
                null);
    }

    private Path allowed(String typed) {
        try {
            Path place = Path.of(typed.strip()).toRealPath();
            for (Path folder : settings.importFolders()) {
                if (place.startsWith(folder.toRealPath()) && FoundModel.looksLikeOne(place)) {
                    return place;
                }
            }
        } catch (IOException | InvalidPathException | SecurityException notThere) {
            throw ErrorCode.MODEL_FOLDER_NOT_ALLOWED.at("/path").because(notThere);
        }
        throw ErrorCode.MODEL_FOLDER_NOT_ALLOWED.at("/path");
    }

    /** A GGUF file that the caller has sent and finished sending. */
    public BaseModelView fromUpload(UUID upload, Wanted wanted) {
        Caller.current().require(Permission.WRITE);
        UploadView sent = uploads.get(upload);
        if (!sent.name().endsWith(FoundModel.GGUF)) {
            throw ErrorCode.MODEL_FILE_NOT_GGUF.at("/upload").with("file", sent.name());
        }
        String hash = Objects.requireNonNull(uploads.finish(upload).hash());
        String file = ModelInput.suggested(sent.name()) + FoundModel.GGUF;
        return begin(Ids.next(), new Origin.Upload(upload, file, hash), wanted, null);
    }

    /**
     * A repository of the hub.
     *
     * @param repository as in {@code Qwen/Qwen3-1.7B}
     * @param revision a branch, a tag or a commit
     * @param file the one GGUF file that is wanted; empty for the folder
     * @param token what the hub asks for; empty: none, or the platform's where the model is for every tenant
     */
    public BaseModelView fromHub(String repository, String revision, String file, String token, Wanted wanted) {
        Caller.current().require(permission(wanted.shared()));
        String name = repository.strip();
        if (!REPOSITORY.matcher(name).matches()) {
            throw ErrorCode.FIELD_NOT_IN_FORM.at("/hub/repository").with("form", "Qwen/Qwen3-1.7B");
        }
        String at = revision.isBlank() ? "main" : revision.strip();
        if (!REVISION.matcher(at).matches()) {
            throw ErrorCode.FIELD_NOT_IN_FORM.at("/hub/revision").with("form", "main");
        }
        UUID id = Ids.next();
        byte[] secret =
                token.isBlank() ? null : secrets.encrypt(id, ModelInput.text("/hub/token", token, LONGEST_TOKEN));
        Origin.Hub origin = new Origin.Hub(name, at, ModelInput.text("/hub/file", file, 300), "");
        Wanted named = wanted.name().isBlank()
                ? new Wanted(
                        ModelInput.suggested(file.isBlank() ? name : file),
                        wanted.shared(),
                        wanted.description(),
                        wanted.licence())
                : wanted;
        return begin(id, origin, named, secret);
    }

    private BaseModelView begin(UUID id, Origin origin, Wanted wanted, byte @Nullable [] token) {
        Caller.current().require(permission(wanted.shared()));
        String name = ModelInput.name(wanted.name().isBlank() ? ModelInput.suggested(origin.shown()) : wanted.name());
        Coming model = new Coming(
                id,
                wanted.shared(),
                name,
                ModelInput.text("/description", wanted.description(), 2_000),
                origin,
                ModelInput.licence(wanted.licence()),
                Caller.current().person().orElse(null));
        return home.in(wanted.shared(), () -> {
            if (table.byName(name).isPresent() || !table.insert(model, token)) {
                throw ErrorCode.MODEL_NAME_TAKEN.at("/name").with("name", name);
            }
            BaseModelView view = table.find(model.id()).orElseThrow().view();
            audit.record(AuditAction.BASE_MODEL_IMPORTED, BaseModels.target(view), null, view);
            run(model.id(), wanted.shared());
            return view;
        });
    }

    /** Begins a failed import anew; what was fetched before is not fetched again. */
    public BaseModelView again(UUID id) {
        Kept seen = home.reading(() -> find(id));
        Caller.current().require(permission(seen.shared()));
        return home.in(seen.shared(), () -> {
            Kept model = find(id);
            if (model.view().state() != BaseModelState.FAILED) {
                throw ErrorCode.MODEL_IMPORT_NOT_FAILED.with(
                        "model", model.view().name());
            }
            table.again(id, model.origin());
            audit.record(AuditAction.BASE_MODEL_IMPORTED, BaseModels.target(model.view()), model.view(), null);
            run(id, model.shared());
            return find(id).view();
        });
    }

    private static Permission permission(boolean shared) {
        return shared ? Permission.MANAGE_PLATFORM : Permission.WRITE;
    }

    private Kept find(UUID id) {
        return table.find(id).orElseThrow(ErrorCode.NOT_FOUND::problem);
    }

    /** Where a page may say what can be named. */
    public boolean takesFolders() {
        return !settings.importFolders().isEmpty() && Caller.current().may(Permission.MANAGE_PLATFORM);
    }

    void run(UUID id, boolean shared) {
        Optional<UUID> tenant = shared ? Optional.empty() : TenantScope.current();
        chores.soon(task, id, new ModelImportTask.Ref(tenant.orElse(null)));
    }
}
