package dev.temper.web.task;

import dev.temper.platform.job.Curve;
import dev.temper.platform.job.JobState;
import dev.temper.platform.job.JobView;
import dev.temper.platform.resource.DeviceView;
import dev.temper.platform.resource.Ledger;
import dev.temper.platform.resource.Nodes;
import dev.temper.platform.scheduling.Waits;
import dev.temper.platform.task.TaskView;
import dev.temper.platform.task.Tasks;
import dev.temper.web.compute.JobChanges;
import dev.temper.web.compute.Measures;
import dev.temper.web.compute.Status;
import dev.temper.web.compute.WaitWords;
import dev.temper.web.shell.Formats;
import dev.temper.web.shell.Moment;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** How a task stands: its state and why, how far it is, what it costs, its curves. */
@Component
class TaskProgress {
    private final Tasks tasks;
    private final Waits waits;
    private final WaitWords waitWords;
    private final Ledger ledger;
    private final Nodes nodes;
    private final Measures measures;
    private final MessageSource words;
    private final Clock clock;

    TaskProgress(
            Tasks tasks,
            Waits waits,
            WaitWords waitWords,
            Ledger ledger,
            Nodes nodes,
            Measures measures,
            MessageSource words,
            Clock clock) {
        this.tasks = tasks;
        this.waits = waits;
        this.waitWords = waitWords;
        this.ledger = ledger;
        this.nodes = nodes;
        this.measures = measures;
        this.words = words;
        this.clock = clock;
    }

    /** Why it waits. */
    record Wait(int position, String why, @Nullable Moment starts) {}

    /**
     * How far it is.
     *
     * @param left how long it will still take; null where that can't be said
     */
    record Done(
            long step,
            long steps,
            long percent,
            @Nullable String epoch,
            @Nullable String stepTime,
            @Nullable String left) {}

    /** A device it runs on, as last reported. */
    record Held(
            String device,
            String load,
            String memory,
            String temperature,
            @Nullable Moment told) {}

    /** The curves as asked for; how far it is, of the whole. */
    void show(TaskView task, ChartForm chart, Model model, Locale locale, Formats formats) {
        Curve curve = tasks.curve(task);
        Curve part = chart.part() ? tasks.curve(task, chart.first(), chart.last()) : curve;
        JobView job = task.job();
        model.addAttribute("status", Status.of(job.state()));
        model.addAttribute("may", JobChanges.of(job));
        model.addAttribute("moving", !job.state().ended());
        model.addAttribute("started", formats.moment(task.createdAt()));
        model.addAttribute("ended", formats.moment(job.endedAt()));
        model.addAttribute("hours", Measures.hours(ledger.ofJob(job.id()).longValue()));
        model.addAttribute("worked", measures.duration(worked(job), locale));
        model.addAttribute(
                "devices",
                nodes.heldBy(job.id()).stream()
                        .map(device -> held(device, formats))
                        .toList());
        waits.of(job.id())
                .ifPresent(wait -> model.addAttribute(
                        "wait",
                        new Wait(
                                wait.position(),
                                waitWords.say(wait, formats, locale),
                                formats.moment(wait.estimatedStart()))));
        model.addAttribute("done", done(job, curve, locale));
        model.addAttribute("chart", chart);
        model.addAttribute("drawable", !curve.of("loss").isEmpty());
        model.addAttribute("plots", plots(part, chart.view(curve), locale));
    }

    private static Held held(DeviceView device, Formats formats) {
        Long used = device.memoryUsedBytes();
        return new Held(
                device.model(),
                Measures.percent(device.utilisation()),
                (used == null ? "–" : Measures.memory(used)) + " / " + Measures.memory(device.memoryBytes()),
                Measures.degrees(device.temperature()),
                formats.moment(device.telemetryAt()));
    }

    private Done done(JobView job, Curve curve, Locale locale) {
        Double each = curve.stepSeconds();
        long left = curve.totalSteps() - curve.step();
        boolean goesOn = job.state() == JobState.RUNNING && left > 0;
        return new Done(
                curve.step(),
                curve.totalSteps(),
                curve.totalSteps() == 0 ? 0 : Math.min(100, 100 * curve.step() / curve.totalSteps()),
                curve.last("epoch")
                        .map(point -> "%.2f".formatted(point.value()))
                        .orElse(null),
                each == null ? null : say("tasks.seconds", locale, Figures.shown(each)),
                each != null && goesOn
                        ? measures.duration(Duration.ofMillis(Math.round(1e3 * each * left)), locale)
                        : null);
    }

    /** The losses first; the others where the run told them. Only losses grow by factors, and only they are smoothed. */
    private List<Plot> plots(Curve curve, Plot.View view, Locale locale) {
        Plot.View plain = new Plot.View(view.from(), view.to(), false, Smoothing.NONE);
        return List.of(
                Plot.of(
                        "loss",
                        List.of(
                                new Plot.Series(say("tasks.loss.train", locale), 0, curve.of("loss")),
                                new Plot.Series(say("tasks.loss.held", locale), 1, curve.of("eval_loss"))),
                        view),
                small(curve, "rate", "learning_rate", plain, locale),
                small(curve, "norm", "grad_norm", plain, locale),
                small(curve, "speed", "tokens_per_second", plain, locale));
    }

    private Plot small(Curve curve, String key, String series, Plot.View view, Locale locale) {
        return Plot.of(key, List.of(new Plot.Series(say("tasks.plot." + key, locale), 0, curve.of(series))), view);
    }

    /** In the attempts that ended, and in the one that runs. */
    private Duration worked(JobView job) {
        Duration before = Duration.ofSeconds(job.workedSeconds());
        return job.state() == JobState.RUNNING
                ? before.plus(Duration.between(job.stateSince(), clock.instant()))
                : before;
    }

    private String say(String key, Locale locale, Object... args) {
        return Objects.requireNonNull(words.getMessage(key, args, locale));
    }
}
