package dev.temper.platform.model;

import dev.temper.platform.audit.Audit;
import dev.temper.platform.audit.AuditAction;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.FleetScope;
import dev.temper.platform.common.Ids;
import dev.temper.platform.model.BaseModelTable.Coming;
import dev.temper.platform.model.BaseModelTable.Kept;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.stereotype.Component;

/**
 * Shares the models that lie in the platform's folders of models when it starts: a new one is brought in, one whose files
 * have changed anew. What comes with the platform is there when it answers its first request; what is large comes as a chore.
 */
@Component
@ConditionalOnWebApplication
class FolderModels implements ApplicationRunner {
    private static final Caller PLATFORM = Caller.system("models in folders");
    private static final long AT_ONCE = 256L << 20;
    /** What comes with the platform belongs to it, and may be used as it may. */
    private static final Licence OURS =
            new Licence("Apache-2.0", "https://www.apache.org/licenses/LICENSE-2.0", "", CommercialUse.YES, false);

    private final RegistrySettings settings;
    private final BaseModelTable table;
    private final ModelHome home;
    private final ModelImports imports;
    private final ModelImportRun run;
    private final Audit audit;

    FolderModels(
            RegistrySettings settings,
            BaseModelTable table,
            ModelHome home,
            ModelImports imports,
            ModelImportRun run,
            Audit audit) {
        this.settings = settings;
        this.table = table;
        this.home = home;
        this.imports = imports;
        this.run = run;
        this.audit = audit;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        FleetScope.run(() -> PLATFORM.run(this::share));
    }

    private void share() {
        Path included = settings.included();
        Map<String, Path> there = new LinkedHashMap<>();
        List<Path> folders = included == null ? List.of(settings.folder()) : List.of(settings.folder(), included);
        folders.forEach(folder -> find(folder, there));
        there.forEach((name, path) -> {
            boolean ours = included != null
                    && path.startsWith(included.toAbsolutePath().normalize());
            FoundModel found = FoundModel.at(path);
            due(name, found, ours ? OURS : Licence.UNKNOWN).ifPresent(id -> {
                if (found.size() <= AT_ONCE) {
                    run.run(id, () -> false);
                } else {
                    home.reading(() -> {
                        imports.run(id, true);
                        return id;
                    });
                }
            });
        });
    }

    /** By name; a model of one's own takes the place of one of the same name that comes with the platform. */
    private static void find(Path folder, Map<String, Path> there) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> models = Files.list(folder.toAbsolutePath().normalize())) {
            models.filter(FoundModel::looksLikeOne)
                    .sorted()
                    .forEach(model -> there.putIfAbsent(
                            ModelInput.suggested(model.getFileName().toString()), model));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The import that has to run; none where the model is as it was, or its name is another's. */
    private Optional<UUID> due(String name, FoundModel found, Licence licence) {
        Origin.Folder origin = new Origin.Folder(found.path().toString(), found.mark());
        return home.reading(() -> {
            Optional<Kept> known = table.byName(name);
            if (known.isEmpty()) {
                UUID id = Ids.next();
                if (!table.insert(new Coming(id, true, name, "", origin, licence, null), null)) {
                    return Optional.<UUID>empty(); // another replica was faster
                }
                BaseModelView view = table.find(id).orElseThrow().view();
                audit.record(AuditAction.BASE_MODEL_IMPORTED, BaseModels.target(view), null, view);
                return Optional.of(id);
            }
            Kept model = known.get();
            boolean sameFolder = model.origin() instanceof Origin.Folder before
                    && before.path().equals(origin.path());
            boolean asItWas = model.origin().equals(origin) && model.view().state() != BaseModelState.IMPORTING;
            if (!sameFolder || asItWas || model.view().state() == BaseModelState.WITHDRAWN) {
                return Optional.<UUID>empty();
            }
            table.again(model.id(), origin);
            audit.record(AuditAction.BASE_MODEL_IMPORTED, BaseModels.target(model.view()), model.view(), null);
            return Optional.of(model.id());
        });
    }
}
