package dev.temper.platform.task;

import dev.temper.contract.link.LinkJson;
import dev.temper.contract.link.WorkerEvent;
import dev.temper.platform.job.JobEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a model answered to a prompt while it learned.
 *
 * @param expected the answer of the held-out row; null where somebody made the prompt up
 * @param answers by step; that of step 0 is the answer of what it began with
 */
public record SampledPrompt(String prompt, @Nullable String expected, List<Answer> answers) {
    /** The most that are asked at once. */
    static final int FIRST = 20;

    /** Of a run that was asked more often, only the last answers are looked at. */
    static final int LAST = 600;

    public SampledPrompt {
        answers = List.copyOf(answers);
    }

    /** What it answered after a step. */
    public record Answer(long step, String text) {}

    /** What it answered after a step; null where it was not asked then. */
    public @Nullable String at(long step) {
        return answers.stream()
                .filter(answer -> answer.step() == step)
                .map(Answer::text)
                .findFirst()
                .orElse(null);
    }

    /** Oldest first as they come; a step done again after a resume answers again, and the later answer stands. */
    static List<SampledPrompt> of(Stream<JobEvent> events) {
        Map<String, String> rows = new LinkedHashMap<>();
        Map<String, Map<Long, Answer>> answers = new LinkedHashMap<>();
        events.forEach(event -> {
            if (LinkJson.event(event.body()) instanceof WorkerEvent.Sample sample) {
                answers.computeIfAbsent(sample.prompt(), _ -> new TreeMap<>())
                        .put(sample.step(), new Answer(sample.step(), sample.answer()));
                if (sample.expected() != null) {
                    rows.put(sample.prompt(), sample.expected());
                }
            }
        });
        List<SampledPrompt> prompts = new ArrayList<>();
        answers.forEach(
                (prompt, by) -> prompts.add(new SampledPrompt(prompt, rows.get(prompt), List.copyOf(by.values()))));
        return prompts;
    }
}
