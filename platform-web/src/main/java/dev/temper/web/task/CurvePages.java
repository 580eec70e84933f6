package dev.temper.web.task;

import dev.temper.platform.job.CurveExport;
import dev.temper.platform.task.TaskView;
import dev.temper.platform.task.Tasks;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** What curves are drawn from, to take away. */
@Controller
class CurvePages {
    private final Tasks tasks;
    private final CurveExport export;

    CurvePages(Tasks tasks, CurveExport export) {
        this.tasks = tasks;
        this.export = export;
    }

    @GetMapping("/t/{tenant}/tasks/{number:\\d{1,18}}/curve.csv")
    void csv(@PathVariable long number, HttpServletResponse response) throws IOException {
        TaskView task = tasks.byNumber(number);
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename("task-" + number + ".csv")
                        .build()
                        .toString());
        export.write(task.job().id(), response.getWriter());
    }
}
