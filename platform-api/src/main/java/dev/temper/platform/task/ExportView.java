package dev.temper.platform.task;

import dev.temper.contract.link.FileRef;
import dev.temper.platform.job.JobView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Another format of what a task has trained, there or being made.
 *
 * @param format as in {@code gguf_q8_0}
 * @param step of the checkpoint it is made of; null for what the run ended with
 * @param job how the making goes
 * @param files what it came to, among the task's outputs; empty before
 */
public record ExportView(String format, @Nullable Long step, JobView job, List<FileRef> files) {
    public ExportView {
        files = List.copyOf(files);
    }
}
