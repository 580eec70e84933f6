package dev.temper.web.launch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The folder that holds everything one platform keeps on this machine; whoever has it locked owns it. */
final class DataFolder implements AutoCloseable {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final long SPACE_TO_START = 256L << 20;

    private final Path path;
    private @Nullable FileLock lock;

    private DataFolder(Path path) {
        this.path = path;
    }

    /** The folder as it is: nothing is made, nothing is locked. */
    static DataFolder at(Path path) {
        return new DataFolder(path.toAbsolutePath().normalize());
    }

    /** Makes the folder where it is missing and locks it until {@link #close()} or the end of the process. */
    static DataFolder lock(Path path) {
        DataFolder folder = at(path);
        folder.create();
        if (!folder.tryLock()) {
            throw new StartRefused("Another Temper%s already runs on %s: stop it first, or give another --data folder."
                    .formatted(folder.owner(), folder.path));
        }
        return folder;
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    Path path() {
        return path;
    }

    boolean has(String name) {
        return Files.exists(path.resolve(name));
    }

    String read(String name) {
        try {
            return Files.readString(path.resolve(name));
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    void delete(String name) {
        try {
            Files.deleteIfExists(path.resolve(name));
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private boolean tryLock() {
        try {
            FileChannel channel = FileChannel.open(
                    path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                return false;
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return true;
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Replaces a file in one step, readable by its owner alone and on the disk before this returns. */
    void writePrivately(String name, String content) {
        Path file = path.resolve(name);
        Path next = path.resolve(name + ".next");
        try {
            Files.deleteIfExists(next);
            Files.createFile(next, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = StandardCharsets.UTF_8.encode(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    StartRefused unusable(IOException cause) {
        return new StartRefused("The data folder %s can't be used: %s.".formatted(path, reason(cause)), cause);
    }

    private void create() {
        try {
            Files.createDirectories(
                    path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Path probe = Files.createTempFile(path, "probe", null);
            Files.delete(probe);
            long free = Files.getFileStore(path).getUsableSpace();
            if (free < SPACE_TO_START) {
                throw new StartRefused(
                        "The disk of the data folder %s is full: %d MB are free, %d MB are needed to start."
                                .formatted(path, free >> 20, SPACE_TO_START >> 20));
            }
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private String owner() {
        try {
            String pid = Files.readString(path.resolve("lock")).strip();
            return pid.isEmpty() ? "" : " (process " + pid + ")";
        } catch (IOException unreadable) {
            return "";
        }
    }

    private static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException _ -> "it may not be written to";
            case FileSystemException f when f.getReason() != null -> f.getReason();
            default -> e.getMessage() == null ? e.toString() : e.getMessage();
        };
    }

    @Override
    public void close() {
        if (lock == null) {
            return;
        }
        try {
            lock.acquiredBy().close();
        } catch (IOException e) {
            throw unusable(e);
        }
    }
}
