package dev.temper.web.task;

import dev.temper.platform.task.SampledPrompt;
import dev.temper.platform.task.SampledPrompt.Answer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model answered before it learned and after a step, side by side.
 *
 * @param steps that can be chosen, the last one first
 * @param step the chosen one
 */
record Answers(List<Line> lines, List<Long> steps, long step) {
    Answers {
        lines = List.copyOf(lines);
        steps = List.copyOf(steps);
    }

    /**
     * A prompt with what was answered.
     *
     * @param expected null where no row answers it
     * @param before null where it was first asked later, as when a task goes on from another one
     * @param now null while it was only asked before
     */
    record Line(
            String prompt,
            @Nullable String expected,
            @Nullable String before,
            @Nullable String now) {}

    /** @param wanted the last one where it is null or was never asked at */
    static Answers of(List<SampledPrompt> prompts, @Nullable Long wanted) {
        List<Long> steps = prompts.stream()
                .flatMap(prompt -> prompt.answers().stream())
                .map(Answer::step)
                .filter(step -> step > 0)
                .distinct()
                .sorted((a, b) -> Long.compare(b, a))
                .toList();
        long step = wanted != null && steps.contains(wanted) ? wanted : steps.isEmpty() ? 0 : steps.getFirst();
        return new Answers(
                prompts.stream()
                        .map(prompt -> new Line(
                                prompt.prompt(), prompt.expected(), prompt.at(0), step == 0 ? null : prompt.at(step)))
                        .toList(),
                steps,
                step);
    }
}
