package dev.temper.web.launch;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.springframework.util.FileSystemUtils;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked once into the data folder from the jar that carries them. */
final class PostgresBinaries {
    private static final String ARCHIVE = "/postgres-linux-x86_64.txz";

    private PostgresBinaries() {}

    /** Returns the folder with {@code bin/} and {@code share/}; a half-unpacked one is never returned. */
    static Path unpackInto(DataFolder folder, Console console) {
        String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        URL resource = PostgresBinaries.class.getResource(ARCHIVE);
        if (resource == null || !platform.equals("Linux amd64")) {
            throw new StartRefused(
                    "No PostgreSQL is built in for %s: give one with --database-url.".formatted(platform));
        }
        try {
            URLConnection connection = resource.openConnection();
            // The name holds the archive's size: another PostgreSQL is another folder.
            Path home = folder.resolve("postgres-binaries-" + connection.getContentLengthLong());
            if (!Files.isDirectory(home)) {
                console.progress("Unpacking PostgreSQL");
                try (InputStream archive = connection.getInputStream()) {
                    unpack(archive, home);
                }
            }
            return home;
        } catch (IOException e) {
            throw folder.unusable(e);
        }
    }

    private static void unpack(InputStream archive, Path home) throws IOException {
        Path next = home.resolveSibling(home.getFileName() + ".next");
        FileSystemUtils.deleteRecursively(next);
        Files.createDirectories(next);
        try (var tar = new TarArchiveInputStream(new XZInputStream(archive))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path target = next.resolve(entry.getName()).normalize();
                if (!target.startsWith(next)) {
                    throw new IOException("the archive of PostgreSQL leads outside its folder: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                    continue;
                }
                Files.createDirectories(target.getParent());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(tar, target);
                    boolean program = (entry.getMode() & 0100) != 0;
                    Files.setPosixFilePermissions(
                            target, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
                }
            }
        }
        Files.move(next, home, StandardCopyOption.ATOMIC_MOVE);
    }
}
