package dev.temper.platform.workerlink;

import dev.temper.platform.blob.Blob;
import dev.temper.platform.blob.Blobs;
import dev.temper.platform.blob.StagedBlob;
import dev.temper.platform.common.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Contents on their way from workers: as far as one has come it stays, whatever breaks, so that only the rest is sent
 * again. They lie beside the stored ones, where every replica finds them.
 */
@Component
class Arrivals {
    private static final int PIECE = 1 << 16;

    private final Blobs blobs;

    Arrivals(Blobs blobs) {
        this.blobs = blobs;
    }

    /** How many of its bytes are here. */
    long held(UUID tenant, UUID job, String sha256) {
        try {
            return Files.size(file(tenant, job, sha256));
        } catch (NoSuchFileException _) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes bytes that follow those that are here; with the last of them the content is stored, if it is what it says. */
    void take(UUID tenant, UUID job, String sha256, long from, long total, InputStream bytes) {
        Path file = file(tenant, job, sha256);
        try {
            Files.createDirectories(folder(tenant, job));
            try (FileChannel channel = FileChannel.open(
                            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                    FileLock lock = lock(channel)) {
                if (lock == null || from != channel.size()) {
                    throw ErrorCode.ARTEFACT_OUT_OF_PLACE
                            .with("held", channel.size())
                            .with("from", from);
                }
                append(channel, total, bytes);
                if (channel.size() == total) {
                    store(channel, file, sha256);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Two that bring the same at once would write over each other. */
    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException _) {
            return null;
        }
    }

    private static void append(FileChannel channel, long total, InputStream bytes) throws IOException {
        channel.position(channel.size());
        var out = Channels.newOutputStream(channel);
        byte[] piece = new byte[PIECE];
        for (int count = read(bytes, piece); count >= 0; count = read(bytes, piece)) {
            if (channel.size() + count > total) {
                throw ErrorCode.ARTEFACT_OUT_OF_PLACE
                        .with("held", channel.size())
                        .with("from", total);
            }
            out.write(piece, 0, count);
        }
    }

    /** Who sends may be gone in the middle; what came stays, and is gone on with. */
    private static int read(InputStream bytes, byte[] piece) {
        try {
            return bytes.read(piece);
        } catch (IOException gone) {
            throw ErrorCode.BODY_INTERRUPTED.problem().because(gone);
        }
    }

    private void store(FileChannel channel, Path file, String sha256) throws IOException {
        channel.position(0);
        try (StagedBlob staged = blobs.stage()) {
            Channels.newInputStream(channel).transferTo(staged);
            Blob blob = blobs.store(staged);
            Files.delete(file);
            if (!blob.hash().equals(sha256)) {
                throw ErrorCode.UPLOAD_DAMAGED.with("expected", sha256).with("actual", blob.hash());
            }
        }
    }

    /**
     * Removes what nobody has gone on sending since then: of attempts that were lost, and of workers that are gone.
     *
     * @return how many contents
     */
    int sweep(Instant since) {
        if (!Files.isDirectory(root())) {
            return 0;
        }
        int gone = 0;
        try (Stream<Path> files = Files.walk(root())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(since) && Files.deleteIfExists(file)) {
                    gone++;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return gone;
    }

    /** Removes what has come in part. */
    void forget(UUID tenant, UUID job) {
        Path folder = folder(tenant, job);
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(UUID tenant, UUID job, String sha256) {
        return folder(tenant, job).resolve(sha256);
    }

    private Path folder(UUID tenant, UUID job) {
        return root().resolve(tenant.toString()).resolve(job.toString());
    }

    private Path root() {
        return blobs.folder().resolve("arriving");
    }
}
