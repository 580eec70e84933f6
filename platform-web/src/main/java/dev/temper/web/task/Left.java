package dev.temper.web.task;

import dev.temper.platform.common.Caller;
import dev.temper.platform.common.CodedTexts;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.ErrorTexts;
import dev.temper.platform.common.Permission;
import dev.temper.platform.job.JobState;
import dev.temper.platform.job.JobView;
import dev.temper.platform.job.KeptCheckpoint;
import dev.temper.platform.task.Continuations;
import dev.temper.platform.task.TaskView;
import dev.temper.web.compute.Measures;
import dev.temper.web.shell.Formats;
import dev.temper.web.shell.Moment;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** What a run left to go on from: its checkpoints, why it failed, and the tasks that went on. */
@Component
class Left {
    private final Continuations continuations;

    Left(Continuations continuations) {
        this.continuations = continuations;
    }

    /** A step that can be gone on from, or whose weights can be taken. */
    record Saved(
            long step,
            @Nullable Moment at,
            @Nullable String loss,
            @Nullable String evalLoss,
            String size,
            boolean resumable,
            List<File> files) {}

    /** One of its files. */
    record File(String name, String path, String size) {}

    /**
     * A failure in the reader's words; those with the run's numbers are its own.
     *
     * @param help whether a page explains the code
     */
    record Explained(String title, String sentence, boolean help) {}

    void show(TaskView task, Model model, Locale locale, Formats formats) {
        JobState state = task.job().state();
        boolean mayStart = Caller.current().may(Permission.WRITE) && state.ended();
        List<Saved> saved = continuations.checkpoints(task).stream()
                .map(one -> saved(one, formats))
                .toList();
        model.addAttribute("checkpoints", saved);
        model.addAttribute("mayGoOn", mayStart && saved.stream().anyMatch(Saved::resumable));
        model.addAttribute("mayRetry", mayStart && state != JobState.SUCCEEDED);
        model.addAttribute("after", continuations.of(task));
        model.addAttribute("explained", explained(task.job(), locale));
    }

    private static Saved saved(KeptCheckpoint one, Formats formats) {
        return new Saved(
                one.step(),
                formats.moment(one.at()),
                one.loss() == null ? null : Figures.shown(one.loss()),
                one.evalLoss() == null ? null : Figures.shown(one.evalLoss()),
                Measures.size(one.size()),
                one.resumable(),
                one.files().stream()
                        .map(file -> new File(
                                file.path().substring(file.path().lastIndexOf('/') + 1),
                                file.path(),
                                Measures.size(file.size())))
                        .toList());
    }

    private static @Nullable Explained explained(JobView job, Locale locale) {
        String code = job.failureCode();
        if (code == null) {
            return null;
        }
        return CodedTexts.pattern(code, locale)
                .map(said -> new Explained(said.title(), said.sentence(locale), true))
                .or(() -> ErrorCode.of(code)
                        .map(known -> new Explained(
                                ErrorTexts.title(known, locale), ErrorTexts.pattern(known, locale), true)))
                .orElse(new Explained("", "", false));
    }
}
