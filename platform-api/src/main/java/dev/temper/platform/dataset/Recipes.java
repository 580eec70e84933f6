package dev.temper.platform.dataset;

import dev.temper.data.recipe.Recipe;
import dev.temper.data.recipe.RecipeJson;
import dev.temper.data.shape.Mapping;
import dev.temper.data.shape.MappingJson;
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
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Recipes that are kept under a name. A change makes a new version; what ran keeps the one it ran. */
@Service
@Transactional
public class Recipes {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final UUID LAST = new UUID(-1, -1);
    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final RecipeTable table;
    private final Audit audit;

    Recipes(RecipeTable table, Audit audit) {
        this.table = table;
        this.audit = audit;
    }

    /** Newest first. */
    @Transactional(readOnly = true)
    public Page<RecipeView> list(PageQuery page) {
        Caller.current().require(Permission.READ);
        UUID before = page.after().map(key -> key.uuid(0)).orElse(LAST);
        return page.slice(table.before(before, page.fetch()), recipe -> Keyset.of(recipe.id()));
    }

    @Transactional(readOnly = true)
    public RecipeView get(UUID id) {
        Caller.current().require(Permission.READ);
        return find(id);
    }

    /** Newest first. */
    @Transactional(readOnly = true)
    public Page<RecipeVersionView> versions(UUID id, PageQuery page) {
        Caller.current().require(Permission.READ);
        find(id);
        int before = page.after().map(key -> (int) key.number(0)).orElse(Integer.MAX_VALUE);
        return page.slice(table.versions(id, before, page.fetch()), version -> Keyset.of(version.number()));
    }

    /**
     * Keeps a recipe.
     *
     * @param mapping for files with the same columns; null for none
     * @param columns those files have
     */
    public RecipeView create(
            String name, String description, Recipe recipe, @Nullable Mapping mapping, List<String> columns) {
        Caller.current().require(Permission.WRITE);
        UUID id = Ids.next();
        String clean = name(name, null);
        table.insert(id, clean, DatasetInput.text("/description", description, 500));
        table.addVersion(id, 1, json(recipe, clean), json(mapping), columns);
        RecipeView view = find(id);
        audit.record(AuditAction.RECIPE_CREATED, target(view), null, view);
        return view;
    }

    /** Renames it, or makes a new version of it, or both. */
    public RecipeView change(UUID id, RecipeChange change, IfMatch version) {
        Caller.current().require(Permission.WRITE);
        RecipeView before = find(id);
        version.check(before.version());
        String name = change.name() == null ? before.name() : name(change.name(), id);
        String description = change.description() == null
                ? before.description()
                : DatasetInput.text("/description", change.description(), 500);
        String recipe = change.recipe() == null ? before.recipe() : json(change.recipe(), name);
        String mapping = change.mapping() == null ? before.mapping() : json(change.mapping());
        boolean other = change.mapping() != null || !sameSteps(recipe, before.recipe());
        int number = other ? before.number() + 1 : before.number();
        table.change(id, name, description, number);
        if (other) {
            table.addVersion(id, number, recipe, mapping, before.columns());
        }
        RecipeView after = find(id);
        audit.record(AuditAction.RECIPE_CHANGED, target(after), before, after);
        return after;
    }

    /** What ran with it stays as it is. */
    public void delete(UUID id, IfMatch version) {
        Caller.current().require(Permission.WRITE);
        RecipeView gone = find(id);
        version.check(gone.version());
        table.delete(id);
        audit.record(AuditAction.RECIPE_DELETED, target(gone), gone, null);
    }

    /**
     * The recipe that somebody chose.
     *
     * @param chosen {@code none}, {@code clean}, the id of one that is kept, or a whole recipe as JSON
     */
    @Transactional(readOnly = true)
    public Recipe chosen(@Nullable String chosen) {
        String choice = chosen == null ? "" : chosen.strip();
        if (choice.isEmpty() || choice.equals(Presets.NONE)) {
            return Recipe.EMPTY;
        }
        if (choice.equals(Presets.CLEAN)) {
            return Presets.clean();
        }
        if (choice.startsWith("{")) {
            return RecipeJson.read(choice);
        }
        RecipeView kept = Optional.of(choice)
                .filter(id -> ID.matcher(id).matches())
                .flatMap(id -> table.find(UUID.fromString(id)))
                .orElseThrow(() -> ErrorCode.RECIPE_UNKNOWN.at("/recipe").with("recipe", choice));
        return RecipeJson.read(kept.recipe()).named(kept.name() + " v" + kept.number());
    }

    private String name(String typed, @Nullable UUID own) {
        String name = DatasetInput.name("/name", typed);
        table.byName(name).filter(other -> !other.equals(own)).ifPresent(other -> {
            throw ErrorCode.RECIPE_NAME_TAKEN.at("/name").with("name", name);
        });
        return name;
    }

    private static boolean sameSteps(String one, String other) {
        return JSON.readTree(one).path("steps").equals(JSON.readTree(other).path("steps"));
    }

    private static String json(Recipe recipe, String name) {
        return RecipeJson.write(recipe.named(name));
    }

    private static @Nullable String json(@Nullable Mapping mapping) {
        return mapping == null ? null : MappingJson.write(mapping);
    }

    private RecipeView find(UUID id) {
        return table.find(id).orElseThrow(ErrorCode.NOT_FOUND::problem);
    }

    private static AuditTarget target(RecipeView recipe) {
        return AuditTarget.of("recipe", recipe.id(), recipe.name());
    }
}
