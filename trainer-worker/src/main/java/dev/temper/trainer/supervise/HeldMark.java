package dev.temper.trainer.supervise;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** How far the platform has the story, in a file. Losing it costs only that some events are sent once more. */
final class HeldMark {
    private final Path file;
    private long held;

    private HeldMark(Path file, long held) {
        this.file = file;
        this.held = held;
    }

    /** @param least what is held for certain, whatever the file says */
    static HeldMark open(Path file, long least) throws IOException {
        try {
            return new HeldMark(file, Math.max(least, Long.parseLong(Files.readString(file))));
        } catch (NoSuchFileException | NumberFormatException _) {
            return new HeldMark(file, least);
        }
    }

    long held() {
        return held;
    }

    void set(long highest) throws IOException {
        Path written = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(written, Long.toString(highest));
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        held = highest;
    }
}
