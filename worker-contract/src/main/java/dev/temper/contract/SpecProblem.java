package dev.temper.contract;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One thing wrong with a spec, of which there may be several.
 *
 * @param code of the error it becomes alone
 * @param key the key as the user wrote it
 */
public record SpecProblem(String code, String key, String message, String remedy) {

    /** All problems as one failure, so that a user mends them in one go. */
    public static CodedException all(List<SpecProblem> problems) {
        SpecProblem first = problems.getFirst();
        if (problems.size() == 1) {
            return CodedException.user(first.code, first.message, first.remedy).with("key", first.key);
        }
        String text = problems.stream()
                .map(problem -> "  " + problem.message + " " + problem.remedy)
                .collect(Collectors.joining("\n"));
        return CodedException.user(
                        "spec_invalid",
                        problems.size() + " things are wrong with the spec:\n" + text,
                        "Correct these keys.")
                .with("problems", problems);
    }
}
