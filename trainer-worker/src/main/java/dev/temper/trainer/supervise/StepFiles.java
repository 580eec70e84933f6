package dev.temper.trainer.supervise;

import dev.temper.trainer.data.DiskFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The checkpoints of a simulated run: a small file each, there whole or not at all. */
record StepFiles(Path folder) {
    private static final Pattern NAME = Pattern.compile("checkpoint-(\\d{1,9})");

    /** The last step that is safe; 0 for none. */
    int newest() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> NAME.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .mapToInt(name -> Integer.parseInt(name.group(1)))
                    .max()
                    .orElse(0);
        } catch (NoSuchFileException _) {
            return 0;
        } catch (IOException e) {
            throw DiskFailure.writing(folder, e);
        }
    }

    void write(int step) {
        Path file = folder.resolve("checkpoint-" + step);
        try {
            Files.createDirectories(folder);
            Path written = Files.writeString(folder.resolve("checkpoint.new"), "step " + step + "\n");
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw DiskFailure.writing(file, e);
        }
    }
}
