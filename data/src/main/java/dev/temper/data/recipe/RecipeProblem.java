package dev.temper.data.recipe;

import dev.temper.contract.CodedException;
import dev.temper.contract.Nearest;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One thing wrong with a recipe, of which there may be several.
 *
 * @param pointer where, as a JSON pointer
 * @param code of the error it becomes alone
 * @param facts what its sentence names in any language
 */
public record RecipeProblem(String pointer, String code, String message, String remedy, Map<String, Object> facts) {
    public RecipeProblem {
        Map<String, Object> all = new LinkedHashMap<>(facts);
        all.put("pointer", pointer);
        facts = Collections.unmodifiableMap(all);
    }

    static RecipeProblem unknownStep(String pointer, String name, Collection<String> known) {
        return new RecipeProblem(
                pointer,
                "recipe_step_unknown",
                "There is no step " + name + ".",
                didYouMean(name, known),
                Map.of("name", name, "known", List.copyOf(known)));
    }

    static RecipeProblem unknownSetting(String pointer, String step, String name, Collection<String> known) {
        return new RecipeProblem(
                pointer,
                "recipe_setting_unknown",
                step.isEmpty() ? "A recipe has no " + name + "." : "The step " + step + " has no setting " + name + ".",
                didYouMean(name, known),
                Map.of("name", name, "known", List.copyOf(known)));
    }

    static RecipeProblem wrong(String pointer, String given, String wanted) {
        return wrong(pointer, given, wanted, Map.of());
    }

    static RecipeProblem wrong(String pointer, String given, Setting<?> setting) {
        return wrong(pointer, given, setting.wanted(), facts(setting));
    }

    static RecipeProblem wrong(String pointer, String given, Misfit misfit) {
        return wrong(pointer, given, misfit.wanted(), Map.of("variant", misfit.variant()));
    }

    private static RecipeProblem wrong(String pointer, String given, String wanted, Map<String, Object> facts) {
        Map<String, Object> all = new LinkedHashMap<>(facts);
        all.put("given", given);
        all.put("wanted", wanted);
        return new RecipeProblem(
                pointer,
                "recipe_setting_wrong",
                given + " cannot stand at " + pointer + ".",
                "Give " + wanted + ".",
                all);
    }

    static RecipeProblem missing(String pointer, String wanted) {
        return missing(pointer, wanted, Map.of());
    }

    static RecipeProblem missing(String pointer, Setting<?> setting) {
        return missing(pointer, setting.wanted(), facts(setting));
    }

    private static RecipeProblem missing(String pointer, String wanted, Map<String, Object> facts) {
        Map<String, Object> all = new LinkedHashMap<>(facts);
        all.put("wanted", wanted);
        return new RecipeProblem(
                pointer, "recipe_setting_missing", "Nothing stands at " + pointer + ".", "Give " + wanted + ".", all);
    }

    /** All of them as one failure, so that a user mends them in one go. */
    static CodedException all(List<RecipeProblem> problems) {
        if (problems.size() == 1) {
            RecipeProblem only = problems.getFirst();
            CodedException failure = CodedException.user(only.code, only.message, only.remedy);
            only.facts.forEach(failure::with);
            return failure.with("problems", List.of(only.told()));
        }
        return CodedException.user(
                        "recipe_invalid",
                        problems.size() + " things are wrong with the recipe:\n"
                                + problems.stream()
                                        .map(one -> "  " + one.pointer + ": " + one.message + " " + one.remedy)
                                        .collect(Collectors.joining("\n")),
                        "Correct these places.")
                .with("count", problems.size())
                .with("problems", problems.stream().map(RecipeProblem::told).toList());
    }

    /** For whoever has words for the code, or shows the English ones. */
    private Map<String, Object> told() {
        Map<String, Object> told = new LinkedHashMap<>(facts);
        told.put("code", code);
        told.put("message", message);
        told.put("remedy", remedy);
        return told;
    }

    private static Map<String, Object> facts(Setting<?> setting) {
        Map<String, Object> facts = new LinkedHashMap<>(setting.bounds());
        facts.put("variant", Setting.id(setting.type()));
        return facts;
    }

    private static String didYouMean(String name, Collection<String> known) {
        return Nearest.of(name, known).map(near -> "Did you mean " + near + "?").orElse("Remove it.");
    }
}
