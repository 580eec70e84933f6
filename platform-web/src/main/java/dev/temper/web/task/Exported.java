package dev.temper.web.task;

import dev.temper.platform.common.Caller;
import dev.temper.platform.common.Permission;
import dev.temper.platform.job.JobState;
import dev.temper.platform.job.JobView;
import dev.temper.platform.job.KeptCheckpoint;
import dev.temper.platform.scheduling.WaitView;
import dev.temper.platform.scheduling.Waits;
import dev.temper.platform.task.Continuations;
import dev.temper.platform.task.ExportView;
import dev.temper.platform.task.TaskExports;
import dev.temper.platform.task.TaskView;
import dev.temper.web.compute.Status;
import dev.temper.web.compute.WaitWords;
import dev.temper.web.shell.Formats;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Which formats are being made of what a task has trained, and which may be. */
@Component
class Exported {
    private final TaskExports exports;
    private final Continuations continuations;
    private final Waits waits;
    private final WaitWords waitWords;

    Exported(TaskExports exports, Continuations continuations, Waits waits, WaitWords waitWords) {
        this.exports = exports;
        this.continuations = continuations;
        this.waits = waits;
        this.waitWords = waitWords;
    }

    /**
     * What a page shows.
     *
     * @param result whether the run has ended with a model
     * @param steps of the checkpoints that something can be made of
     * @param offered whether the reader may have something made
     */
    record Shown(List<Line> lines, List<String> formats, boolean result, List<Long> steps, boolean offered) {
        List<String> topics() {
            return lines.stream()
                    .filter(line -> !line.over())
                    .map(line -> "job." + line.job())
                    .toList();
        }
    }

    /** One that is not there: it is being made, or could not be. */
    record Line(
            long job,
            String format,
            @Nullable Long step,
            Status status,
            boolean over,
            @Nullable String why) {}

    Shown of(TaskView task, Locale locale, Formats formats) {
        List<ExportView> missing = missing(exports.of(task));
        Map<UUID, WaitView> waiting =
                waits.of(missing.stream().map(export -> export.job().id()).toList());
        List<Long> steps = continuations.checkpoints(task).stream()
                .map(KeptCheckpoint::step)
                .toList();
        boolean result = task.job().state() == JobState.SUCCEEDED;
        return new Shown(
                missing.stream()
                        .map(export -> line(export, waiting.get(export.job().id()), locale, formats))
                        .toList(),
                TaskExports.formats(),
                result,
                steps,
                Caller.current().may(Permission.WRITE) && (result || !steps.isEmpty()));
    }

    /** Of each format the last one, unless it is there or was given up. */
    private static List<ExportView> missing(List<ExportView> newestFirst) {
        Set<String> seen = new HashSet<>();
        return newestFirst.stream()
                .filter(export -> seen.add(export.format() + " " + export.step()))
                .filter(export -> export.job().state() != JobState.SUCCEEDED
                        && export.job().state() != JobState.CANCELLED)
                .toList();
    }

    private Line line(ExportView export, @Nullable WaitView wait, Locale locale, Formats formats) {
        JobView job = export.job();
        String why = wait == null ? job.failureMessage() : waitWords.say(wait, formats, locale);
        return new Line(
                job.number(),
                export.format(),
                export.step(),
                Status.of(job.state()),
                job.state().ended(),
                why);
    }
}
