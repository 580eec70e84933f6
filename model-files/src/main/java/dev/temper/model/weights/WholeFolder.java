package dev.temper.model.weights;

import dev.temper.contract.CodedException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a folder or a file that is either whole or not there: aside first, flushed to the disk, then renamed. What was
 * there before stays until the new one is complete.
 */
public final class WholeFolder {
    private WholeFolder() {}

    /** What fills the new folder, or writes the new file, at the path it is given. */
    @FunctionalInterface
    public interface Content {
        void writeTo(Path path) throws IOException;
    }

    /** Makes {@code target} the folder that {@code content} fills. */
    public static void write(Path target, Content content) {
        Path absolute = target.toAbsolutePath().normalize();
        Path aside = sibling(absolute, "new");
        try {
            Files.createDirectories(aside);
            content.writeTo(aside);
            try (Stream<Path> files = Files.walk(aside)) {
                for (Path file : files.toList()) {
                    flush(file);
                }
            }
            replace(absolute, aside);
        } catch (IOException e) {
            throw cannotWrite(absolute, e);
        } finally {
            deleteQuietly(aside);
        }
    }

    /** Makes {@code target} the file that {@code content} writes. */
    public static void writeFile(Path target, Content content) {
        Path absolute = target.toAbsolutePath().normalize();
        Path aside = sibling(absolute, "new");
        try {
            Files.createDirectories(parent(absolute));
            content.writeTo(aside);
            flush(aside);
            Files.move(aside, absolute, StandardCopyOption.ATOMIC_MOVE);
            flush(parent(absolute));
        } catch (IOException e) {
            throw cannotWrite(absolute, e);
        } finally {
            deleteQuietly(aside);
        }
    }

    private static void replace(Path target, Path aside) throws IOException {
        // A folder can't be renamed over one that is not empty, so the old one steps aside first.
        Path old = sibling(target, "old");
        if (Files.exists(target)) {
            Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
        flush(parent(target));
        deleteQuietly(old);
    }

    private static Path sibling(Path target, String purpose) {
        return parent(target)
                .resolve(".%s.%s-%d"
                        .formatted(
                                target.getFileName(),
                                purpose,
                                ProcessHandle.current().pid()));
    }

    private static Path parent(Path absolute) {
        @Nullable Path parent = absolute.getParent();
        return parent == null ? absolute : parent;
    }

    private static void flush(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    static CodedException cannotWrite(Path target, IOException cause) {
        @Nullable String message = cause.getMessage();
        if (message != null && (message.contains("No space left") || message.contains("quota exceeded"))) {
            return CodedException.resources(
                            "disk_full",
                            "The disk filled up while %s was written; what was there before is kept.".formatted(target),
                            "Free some space or choose another folder, then run it again.")
                    .because(cause);
        }
        return CodedException.user(
                        "output_unwritable",
                        "%s cannot be written (%s: %s)."
                                .formatted(target, cause.getClass().getSimpleName(), message),
                        "Choose a folder you may write to.")
                .because(cause);
    }

    private static void deleteQuietly(Path path) {
        if (!Files.exists(path)) {
            return;
        }
        try {
            Files.walkFileTree(path, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
                        throws IOException {
                    Files.delete(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            // The result stands already; what is left over only takes up space and is hidden.
            System.getLogger(WholeFolder.class.getName()).log(System.Logger.Level.WARNING, "cannot delete " + path, e);
        }
    }
}
