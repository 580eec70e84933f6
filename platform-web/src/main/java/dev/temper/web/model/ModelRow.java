package dev.temper.web.model;

import dev.temper.platform.model.BaseModelView;
import dev.temper.platform.model.ModelSummary;
import dev.temper.web.compute.Measures;
import dev.temper.web.compute.Status;
import dev.temper.web.shell.Formats;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A base model in the list.
 *
 * @param size of its weights and how many they are; null before its files were looked at
 * @param lora memory that tuning it by LoRA takes in bf16
 */
record ModelRow(
        String name,
        boolean shared,
        Status status,
        @Nullable String architecture,
        @Nullable String parameters,
        @Nullable String context,
        @Nullable String size,
        @Nullable String lora,
        String licence) {
    static ModelRow of(BaseModelView model, Formats formats) {
        ModelSummary facts = model.facts();
        return new ModelRow(
                model.name(),
                model.shared(),
                status(model),
                facts == null ? null : facts.architecture(),
                facts == null ? null : parameters(facts.parameters()),
                facts == null ? null : formats.number(facts.contextLength()),
                facts == null ? null : stored(facts),
                facts == null ? null : Measures.size(facts.memory().getFirst().bytes()),
                model.licence().name());
    }

    static String stored(ModelSummary facts) {
        return facts.dtype() + ", " + Measures.size(facts.bytes());
    }

    static Status status(BaseModelView model) {
        return switch (model.state()) {
            case IMPORTING -> new Status("run", "hourglass", "models.state.importing");
            case FAILED -> new Status("bad", "alert-triangle", "models.state.failed");
            case WITHDRAWN -> new Status("", "ban", "models.state.withdrawn");
            case READY ->
                model.usable()
                        ? new Status("ok", "circle-check", "models.state.ready")
                        : new Status("warn", "lock", "models.state.gated");
        };
    }

    /** As people say it: 135M, 1.7B. */
    static String parameters(long count) {
        double billions = count / 1e9;
        if (billions >= 1) {
            return String.format(Locale.ROOT, billions >= 10 ? "%.0fB" : "%.1fB", billions);
        }
        double millions = count / 1e6;
        return String.format(Locale.ROOT, millions >= 10 ? "%.0fM" : "%.1fM", millions);
    }
}
