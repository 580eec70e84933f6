package dev.temper.web.task;

import dev.temper.platform.resource.Ledger;
import dev.temper.platform.task.Prediction;
import dev.temper.platform.task.Taken;
import dev.temper.platform.task.TaskView;
import dev.temper.platform.task.Tasks;
import dev.temper.web.compute.Measures;
import dev.temper.web.shell.Formats;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import tools.jackson.databind.json.JsonMapper;

/** What was predicted before a task started, beside what it took. */
@Component
class Measured {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final double HOUR = 3_600;

    private final Tasks tasks;
    private final Ledger ledger;
    private final Estimates estimates;
    private final MessageSource words;

    Measured(Tasks tasks, Ledger ledger, Estimates estimates, MessageSource words) {
        this.tasks = tasks;
        this.ledger = ledger;
        this.estimates = estimates;
        this.words = words;
    }

    /**
     * A figure twice.
     *
     * @param label key of a message
     * @param off how far the prediction was off
     */
    record Pair(
            String label,
            String predicted,
            @Nullable String measured,
            @Nullable String off) {}

    void show(TaskView task, Model model, Formats formats, Locale locale) {
        String told = task.predicted();
        if (told == null) {
            model.addAttribute("pairs", List.of());
            return;
        }
        Prediction predicted = JSON.readValue(told, Prediction.class);
        Optional<Taken> taken = tasks.taken(task);
        List<Pair> pairs = new ArrayList<>();
        Prediction.Memory memory = predicted.memory();
        if (memory != null) {
            pairs.add(pair(
                    "tasks.memory",
                    Measures.size(memory.needed()),
                    (double) memory.needed(),
                    taken.map(Taken::memory).map(Measures::memory).orElse(null),
                    taken.map(one -> (double) one.memory()).orElse(0.0),
                    locale));
        }
        Prediction.Time time = predicted.time();
        if (time != null) {
            pairs.add(pair(
                    "tasks.time",
                    estimates.duration(time.seconds(), locale),
                    (double) time.seconds(),
                    taken.map(one -> estimates.duration(Math.round(one.seconds()), locale))
                            .orElse(null),
                    taken.map(Taken::seconds).orElse(0.0),
                    locale));
            double hours = ledger.ofJob(task.job().id()).doubleValue() / HOUR;
            boolean ended = task.job().state().ended();
            pairs.add(pair(
                    "tasks.hours",
                    "%.2f".formatted(time.deviceHours()),
                    time.deviceHours(),
                    ended ? "%.2f".formatted(hours) : null,
                    ended ? hours : 0,
                    locale));
        }
        pairs.add(count("tasks.steps.count", predicted.steps(), taken.map(Taken::steps), formats, locale));
        if (predicted.tokens() > 0) {
            pairs.add(count("tasks.tokens", predicted.tokens(), taken.map(Taken::tokens), formats, locale));
        }
        model.addAttribute("pairs", pairs);
    }

    private Pair count(String label, long predicted, Optional<Long> taken, Formats formats, Locale locale) {
        return pair(
                label,
                formats.number(predicted),
                (double) predicted,
                taken.map(formats::number).orElse(null),
                (double) taken.orElse(0L),
                locale);
    }

    private Pair pair(
            String label, String shown, double predicted, @Nullable String measured, double value, Locale locale) {
        String off = measured == null || value <= 0
                ? null
                : Objects.requireNonNull(words.getMessage(
                        "tasks.off", new Object[] {signed(Math.round(100 * (predicted - value) / value))}, locale));
        return new Pair(label, shown, measured, off);
    }

    private static String signed(long percent) {
        return percent == 0 ? "0" : "%+d".formatted(percent);
    }
}
