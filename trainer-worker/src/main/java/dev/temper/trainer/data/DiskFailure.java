package dev.temper.trainer.data;

import dev.temper.contract.CodedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** Failures to write, told apart by whether room was the matter. */
public final class DiskFailure {
    private DiskFailure() {}

    public static CodedException writing(Path file, IOException e) {
        String message = String.valueOf(e.getMessage());
        String lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("no space left") || lower.contains("quota") || lower.contains("file too large")) {
            return CodedException.resources(
                            "disk_full",
                            "The disk is full: " + file + " could not be written.",
                            "Free some space, keep fewer checkpoints, or choose another output folder; then resume.")
                    .with("file", file.toString())
                    .because(e);
        }
        return CodedException.internal(
                        "disk_write_failed",
                        file + " could not be written: " + message,
                        "Check the disk and the folder's permissions; then resume.")
                .with("file", file.toString())
                .because(e);
    }
}
