package dev.temper.data.recipe;

import dev.temper.contract.CodedException;
import dev.temper.contract.Nearest;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One thing wrong with a recipe, of which there may be several.
 *
 * @param pointer where, as a JSON pointer
 * @param code of the error it becomes alone
 */
public record RecipeProblem(String pointer, String code, String message, String remedy) {
    static RecipeProblem unknownStep(String pointer, String name, Collection<String> known) {
        return new RecipeProblem(
                pointer, "recipe_step_unknown", "There is no step " + name + ".", didYouMean(name, known));
    }

    static RecipeProblem unknownSetting(String pointer, String step, String name, Collection<String> known) {
        return new RecipeProblem(
                pointer,
                "recipe_setting_unknown",
                step.isEmpty() ? "A recipe has no " + name + "." : "The step " + step + " has no setting " + name + ".",
                didYouMean(name, known));
    }

    static RecipeProblem wrong(String pointer, String given, String wanted) {
        return new RecipeProblem(
                pointer, "recipe_setting_wrong", given + " cannot stand at " + pointer + ".", "Give " + wanted + ".");
    }

    static RecipeProblem missing(String pointer, String wanted) {
        return new RecipeProblem(
                pointer, "recipe_setting_missing", "Nothing stands at " + pointer + ".", "Give " + wanted + ".");
    }

    /** All of them as one failure, so that a user mends them in one go. */
    static CodedException all(List<RecipeProblem> problems) {
        RecipeProblem first = problems.getFirst();
        CodedException failure = problems.size() == 1
                ? CodedException.user(first.code, first.message, first.remedy).with("pointer", first.pointer)
                : CodedException.user(
                        "recipe_invalid",
                        problems.size() + " things are wrong with the recipe:\n"
                                + problems.stream()
                                        .map(one -> "  " + one.pointer + ": " + one.message + " " + one.remedy)
                                        .collect(Collectors.joining("\n")),
                        "Correct these places.");
        return failure.with("problems", problems);
    }

    private static String didYouMean(String name, Collection<String> known) {
        return Nearest.of(name, known).map(near -> "Did you mean " + near + "?").orElse("Remove it.");
    }
}
