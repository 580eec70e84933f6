package dev.temper.contract;

import org.jspecify.annotations.Nullable;

/**
 * A format to be made of what a run has trained, after the run.
 *
 * @param run what trained it; its rows are not needed any more
 * @param trained the folder, below the job's own, with what the run ended with or a checkpoint of it
 * @param step of that checkpoint; null for what the run ended with
 */
public record ExportSpec(
        RunSpec run, String trained, @Nullable Long step, OutputFormat format) {
    /** As an offer of such a job calls it. */
    public static final String KIND = "export";

    public ExportSpec {
        Check.present("run", run);
        Check.present("format", format);
        Check.notBlank("trained", trained);
        if (format == OutputFormat.TRAINED) {
            throw Check.invalid("format", "trained", "another format: that is what there is already");
        }
    }
}
