package dev.temper.trainer.run;

import dev.temper.contract.CodedException;
import dev.temper.trainer.data.DiskFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The folder of one run, held by one process at a time. */
final class OutputFolder implements AutoCloseable {
    private static final String MADE = "base";

    private final Path path;
    private final FileChannel channel;

    private OutputFolder(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Takes the folder.
     *
     * @param resume whether what is there is gone on with
     * @param overwrite whether what is there may be replaced
     */
    static OutputFolder take(Path path, boolean resume, boolean overwrite) {
        Checkpoints there = new Checkpoints(path, 0);
        try {
            Files.createDirectories(path.resolve(".work"));
            FileChannel channel =
                    FileChannel.open(path.resolve(".work/lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock(channel) == null) {
                channel.close();
                throw CodedException.user(
                        "output_in_use",
                        "Another process trains in " + path + ".",
                        "Wait for it, or choose another output folder.");
            }
            OutputFolder folder = new OutputFolder(path, channel);
            if (!resume && (there.any() || Files.exists(path.resolve(TrainerLog.FILE)))) {
                if (!overwrite) {
                    folder.close();
                    throw CodedException.user(
                            "output_not_empty",
                            path + " holds the results of another run.",
                            "Give --resume to go on with it, choose another folder, or set output.overwrite"
                                    + " (overwrite_output_dir).");
                }
                there.deleteAll();
            }
            if (!resume) {
                // Made from what another spec named; this one may name others.
                Folders.delete(folder.work().resolve(MADE));
            }
            there.sweep();
            return folder;
        } catch (IOException e) {
            throw DiskFailure.writing(path, e);
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException _) {
            return null;
        }
    }

    Path path() {
        return path;
    }

    /** What is kept between starts of the run and belongs to no result. */
    Path work() {
        return path.resolve(".work");
    }

    /** The place of a model that is made for this run alone, in its folder of work. */
    static Path made(Path work, String name) {
        Path folder = work.resolve(MADE);
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw DiskFailure.writing(folder, e);
        }
        return folder.resolve(name);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw DiskFailure.writing(path, e);
        }
    }
}
