package dev.temper.trainer.supervise;

import dev.temper.contract.CodedException;
import dev.temper.contract.link.FileRef;
import dev.temper.contract.link.LeaseId;
import dev.temper.trainer.data.DiskFailure;
import dev.temper.trainer.link.PlatformLink;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Models, datasets and checkpoints by their hashes, fetched once for all runs that are given them. What was used longest
 * ago goes first when there is more than may be kept. Runs have links to the files, so that what goes here stays there.
 */
final class ContentCache {
    private static final int PIECE = 1 << 16;
    private static final long GLANCE = 100;

    private final Path folder;
    private final long most;
    private final ReentrantLock one = new ReentrantLock();

    /** @param most bytes to keep; what runs still use counts once it is linked nowhere else */
    ContentCache(Path folder, long most) {
        this.folder = folder;
        this.most = most;
    }

    /**
     * Lays a content below a run's folder.
     *
     * @param wanted asked on the way: a run that was cancelled waits for nothing
     */
    void lay(PlatformLink link, LeaseId lease, FileRef file, Path below, BooleanSupplier wanted) throws IOException {
        Path place = below.resolve(file.path()).normalize();
        if (!place.startsWith(below)) {
            throw CodedException.user(
                    "worker_message_invalid", "The offer lays a file outside of the run's folder.", "");
        }
        Files.createDirectories(place.getParent() == null ? below : place.getParent());
        Path kept = have(link, lease, file, wanted);
        Files.deleteIfExists(place);
        try {
            Files.createLink(place, kept);
        } catch (UnsupportedOperationException | IOException _) {
            Files.copy(kept, place, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** One at a time: two runs that are given the same model wait for one fetch. */
    private Path have(PlatformLink link, LeaseId lease, FileRef file, BooleanSupplier wanted) throws IOException {
        await(file, wanted);
        try {
            return haveAlone(link, lease, file, wanted);
        } finally {
            one.unlock();
        }
    }

    /** Until it is this one's turn, as long as it is wanted. */
    private void await(FileRef file, BooleanSupplier wanted) throws IOException {
        try {
            while (!one.tryLock(GLANCE, TimeUnit.MILLISECONDS)) {
                ifWanted(file, wanted);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Stopped while another fetches");
        }
    }

    private static void ifWanted(FileRef file, BooleanSupplier wanted) throws IOException {
        if (!wanted.getAsBoolean()) {
            throw new IOException(file.path() + " is not wanted any more");
        }
    }

    private Path haveAlone(PlatformLink link, LeaseId lease, FileRef file, BooleanSupplier wanted) throws IOException {
        Files.createDirectories(folder);
        Path kept = folder.resolve(file.sha256());
        if (!Files.exists(kept)) {
            makeRoom(file);
            fetch(link, lease, file, kept, wanted);
        }
        Files.setLastModifiedTime(kept, FileTime.from(Instant.now()));
        return kept;
    }

    private void fetch(PlatformLink link, LeaseId lease, FileRef file, Path kept, BooleanSupplier wanted)
            throws IOException {
        Path part = part(file);
        long from = Files.exists(part) ? Math.min(Files.size(part), file.size()) : 0;
        Files.write(part, new byte[0], StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        if (from < file.size()) {
            try (InputStream in = link.fetch(lease.job(), file.sha256(), from);
                    OutputStream out = Files.newOutputStream(part, StandardOpenOption.APPEND)) {
                byte[] piece = new byte[PIECE];
                for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                    ifWanted(file, wanted);
                    out.write(piece, 0, count);
                }
            }
        }
        MessageDigest digest = Contents.digest();
        try (OutputStream sum = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            Files.copy(part, sum);
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(file.sha256())) {
            Files.delete(part);
            throw new IOException(file.path() + " did not arrive as it was sent");
        }
        if (!part.toFile().setReadOnly()) {
            throw new IOException(part + " can't be protected from the runs that are given it");
        }
        Files.move(part, kept, StandardCopyOption.ATOMIC_MOVE);
    }

    private record Kept(Path path, long size, FileTime used) {}

    /** Removes what was used longest ago until there is room for what comes; the part of it that is here stays. */
    private void makeRoom(FileRef coming) {
        try {
            List<Kept> kept = kept().stream()
                    .filter(file -> !file.path().equals(part(coming)))
                    .toList();
            long total = kept.stream().mapToLong(Kept::size).sum();
            for (Kept oldest : kept) {
                if (total + coming.size() <= most) {
                    return;
                }
                Files.deleteIfExists(oldest.path());
                total -= oldest.size();
            }
        } catch (IOException e) {
            throw DiskFailure.writing(folder, e);
        }
    }

    private Path part(FileRef file) {
        return folder.resolve(file.sha256() + ".part");
    }

    private List<Kept> kept() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Kept> kept = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                kept.add(new Kept(file, Files.size(file), Files.getLastModifiedTime(file)));
            }
        }
        kept.sort(Comparator.comparing(Kept::used));
        return kept;
    }
}
