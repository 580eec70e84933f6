package dev.temper.platform.dataset;

import dev.temper.data.learn.TokenStatistics;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a training would make of a version under a model's tokenizer and a template.
 *
 * @param templates that go with the model, the likeliest first
 * @param rowsDone rows counted so far
 * @param statistics under the cutoff asked for; null until all rows are counted
 * @param failure why they can't be; null otherwise
 */
public record TokenCountView(
        UUID version,
        String model,
        String template,
        List<String> templates,
        int cutoff,
        TokenCountState state,
        long rows,
        long rowsDone,
        @Nullable TokenStatistics statistics,
        @Nullable String failure) {
    public TokenCountView {
        templates = List.copyOf(templates);
    }
}
