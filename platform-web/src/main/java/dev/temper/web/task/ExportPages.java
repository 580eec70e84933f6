package dev.temper.web.task;

import dev.temper.platform.common.Problem;
import dev.temper.platform.task.ExportView;
import dev.temper.platform.task.TaskExports;
import dev.temper.platform.task.Tasks;
import dev.temper.web.shell.Refused;
import dev.temper.web.shell.Shell;
import dev.temper.web.shell.Told;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Having another format made of what a task has trained. */
@Controller
class ExportPages {
    private final Tasks tasks;
    private final TaskExports exports;

    ExportPages(Tasks tasks, TaskExports exports) {
        this.tasks = tasks;
        this.exports = exports;
    }

    @PostMapping("/t/{tenant}/tasks/{number:\\d{1,18}}/exports")
    String start(
            @PathVariable long number,
            @RequestParam String format,
            @RequestParam(required = false) @Nullable Long step,
            Locale locale,
            @ModelAttribute("shell") Shell shell,
            RedirectAttributes to) {
        try {
            ExportView export = exports.start(tasks.byNumber(number).id(), format, step, null);
            Told.done("tasks.export.begun", export.format(), "#" + export.job().number())
                    .on(to);
        } catch (Problem problem) {
            Told.wrong("jobs.refused", Refused.of(problem, locale).message()).on(to);
        }
        return "redirect:/t/" + Objects.requireNonNull(shell.tenant()).slug() + "/tasks/" + number + "#outputs-heading";
    }
}
