package dev.temper.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the run leaves behind.
 *
 * @param directory where; the command line may say otherwise
 * @param loggingSteps steps a line of the log sums up
 * @param plotLoss whether the curve is drawn as a picture too
 * @param overwrite whether a folder with another run's results may be written over
 */
public record OutputSpec(
        @Nullable String directory, List<OutputFormat> formats, int loggingSteps, boolean plotLoss, boolean overwrite) {
    public OutputSpec {
        Check.notEmpty("output.formats", formats);
        Check.atLeast("output.loggingSteps", loggingSteps, 1);
        formats = List.copyOf(formats);
    }
}
