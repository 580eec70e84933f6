package dev.temper.platform.job;

import dev.temper.contract.link.FileRef;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint whose files are kept.
 *
 * @param size of all its files, in bytes
 * @param loss of that step; null where the run told none
 * @param evalLoss on the held-out rows after that step; null where they were not looked at then
 * @param resumable whether a run can go on from it: the optimiser's state is there
 */
public record KeptCheckpoint(
        long step,
        Instant at,
        long size,
        @Nullable Double loss,
        @Nullable Double evalLoss,
        boolean resumable,
        List<FileRef> files) {
    private static final String OPTIMISER = "optimizer.safetensors";

    public KeptCheckpoint {
        files = List.copyOf(files);
    }

    static boolean resumable(List<FileRef> files) {
        return files.stream().anyMatch(file -> file.path().endsWith("/" + OPTIMISER));
    }
}
