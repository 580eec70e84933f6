package dev.temper.data.recipe;

import dev.temper.contract.CodedException;
import dev.temper.data.recipe.Recipe.Chosen;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A {@link Recipe} as JSON, {@code {"version": 1, "name": "…", "steps": [{"step": "normalise", …}, …]}}: short when read,
 * every setting spelled out when written.
 */
public final class RecipeJson {
    static final String STEP = "step";
    private static final int MOST_STEPS = 100;
    private static final int MOST_NAME = 200;
    private static final Set<String> KEYS = Set.of("version", "name", "steps");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private RecipeJson() {}

    /** Reads a recipe; everything unknown, missing or wrong is told at once, each with its JSON pointer. */
    public static Recipe read(String json) {
        try {
            return read(JSON.readTree(json));
        } catch (JacksonException e) {
            throw notJson("The recipe is not JSON: " + e.getOriginalMessage()).because(e);
        }
    }

    public static Recipe read(JsonNode tree) {
        if (!(tree instanceof ObjectNode given)) {
            throw notJson("The recipe is not a JSON object.");
        }
        List<RecipeProblem> problems = new ArrayList<>();
        for (String key : given.propertyNames()) {
            if (!KEYS.contains(key)) {
                problems.add(RecipeProblem.unknownSetting("/" + escaped(key), "", key, KEYS));
            }
        }
        checkVersion(given.path("version"), problems);
        JsonNode name = given.path("name");
        if (!name.isMissingNode() && (!name.isString() || name.stringValue().length() > MOST_NAME)) {
            problems.add(RecipeProblem.wrong("/name", excerpt(name), "a text of at most " + MOST_NAME + " characters"));
        }
        List<Chosen> steps = steps(given.path("steps"), problems);
        if (!problems.isEmpty()) {
            throw RecipeProblem.all(problems);
        }
        return new Recipe(name.asString(""), steps);
    }

    public static String write(Recipe recipe) {
        return JSON.writeValueAsString(node(recipe));
    }

    public static ObjectNode node(Recipe recipe) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("version", Recipe.VERSION);
        node.put("name", recipe.name());
        ArrayNode steps = node.putArray("steps");
        for (Chosen chosen : recipe.steps()) {
            ObjectNode step = steps.addObject().put(STEP, chosen.kind().name());
            chosen.settings().write(chosen.kind().settings(), step);
        }
        return node;
    }

    private static void checkVersion(JsonNode version, List<RecipeProblem> problems) {
        if (version.isMissingNode()) {
            problems.add(RecipeProblem.missing("/version", "the number " + Recipe.VERSION));
        } else if (!version.isIntegralNumber() || version.asLong() != Recipe.VERSION) {
            problems.add(RecipeProblem.wrong("/version", excerpt(version), "the number " + Recipe.VERSION));
        }
    }

    private static List<Chosen> steps(JsonNode given, List<RecipeProblem> problems) {
        List<Chosen> steps = new ArrayList<>();
        if (given.isMissingNode()) {
            problems.add(RecipeProblem.missing("/steps", "a list of steps"));
        } else if (!given.isArray() || given.size() > MOST_STEPS) {
            problems.add(RecipeProblem.wrong("/steps", excerpt(given), "a list of at most " + MOST_STEPS + " steps"));
        } else {
            Map<String, StepKind> known = StepKinds.byName();
            for (int i = 0; i < given.size(); i++) {
                step(given.get(i), "/steps/" + i, known, steps, problems);
            }
        }
        return steps;
    }

    private static void step(
            JsonNode given,
            String pointer,
            Map<String, StepKind> known,
            List<Chosen> steps,
            List<RecipeProblem> problems) {
        if (!(given instanceof ObjectNode object)) {
            problems.add(RecipeProblem.wrong(pointer, excerpt(given), "an object with the key step"));
            return;
        }
        JsonNode name = object.path(STEP);
        if (!name.isString()) {
            problems.add(RecipeProblem.missing(pointer + "/" + STEP, "the name of a step"));
            return;
        }
        StepKind kind = known.get(name.stringValue());
        if (kind == null) {
            problems.add(RecipeProblem.unknownStep(pointer + "/" + STEP, excerpt(name), known.keySet()));
            return;
        }
        steps.add(new Chosen(kind, Settings.read(kind, object, pointer, problems::add)));
    }

    /** A key as it stands in a JSON pointer. */
    static String escaped(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }

    static String excerpt(JsonNode node) {
        String text = node.isString() ? node.stringValue() : node.toString();
        return text.length() <= 80 ? text : text.substring(0, 79) + "…";
    }

    private static CodedException notJson(String message) {
        return CodedException.user("recipe_not_json", message, "Give an object with version and steps.");
    }
}
