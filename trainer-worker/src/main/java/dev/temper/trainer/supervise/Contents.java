package dev.temper.trainer.supervise;

import dev.temper.contract.CodedException;
import dev.temper.contract.link.ArtefactQuery;
import dev.temper.contract.link.FileRef;
import dev.temper.contract.link.LeaseId;
import dev.temper.trainer.link.PlatformLink;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The contents a run leaves, told by their hashes and sent where the platform lacks them. */
final class Contents {
    private static final int PIECE = 4 << 20;
    private static final int MOST = 1_000;

    private Contents() {}

    /**
     * The files of a folder, or the one file.
     *
     * @param below what their paths are relative to
     */
    static List<FileRef> of(Path below, Path place, Predicate<Path> wanted) throws IOException {
        try (Stream<Path> found = Files.walk(place)) {
            List<Path> files =
                    found.filter(Files::isRegularFile).filter(wanted).sorted().toList();
            if (files.size() > MOST) {
                throw CodedException.resources(
                                "too_many_files",
                                "The run left " + files.size() + " files below " + place.getFileName() + ".",
                                "A run may leave " + MOST + "; keep fewer checkpoints or formats.")
                        .with("files", files.size());
            }
            List<FileRef> refs = new ArrayList<>();
            for (Path file : files) {
                refs.add(new FileRef(
                        below.relativize(file).toString().replace('\\', '/'), sha256(file), Files.size(file)));
            }
            return refs;
        }
    }

    /** Sends what the platform lacks, from where it lacks it. */
    static void send(PlatformLink link, LeaseId lease, Path below, List<FileRef> files) throws IOException {
        Map<String, Long> missing = link.missing(lease.job(), new ArtefactQuery(lease.fence(), files))
                .missing();
        for (FileRef file : files) {
            Long held = missing.get(file.sha256());
            if (held != null) {
                send(link, lease, below.resolve(file.path()), file, held);
            }
        }
    }

    private static void send(PlatformLink link, LeaseId lease, Path path, FileRef file, long held) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(path.toFile(), "r")) {
            long at = Math.min(held, file.size());
            do {
                in.seek(at);
                byte[] piece = new byte[(int) Math.min(PIECE, file.size() - at)];
                in.readFully(piece);
                long wanted = link.send(lease.job(), file.sha256(), piece, at, file.size());
                if (wanted == at) {
                    throw new IOException("Another request sends " + file.path());
                }
                at = wanted < 0 ? at + piece.length : wanted;
            } while (at < file.size());
        }
    }

    static String sha256(Path file) throws IOException {
        MessageDigest digest = digest();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] piece = new byte[1 << 16];
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                digest.update(piece, 0, count);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
