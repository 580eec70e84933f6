package dev.temper.platform.blob;

import java.nio.file.Path;

/**
 * Where bytes lie on this machine.
 *
 * @param root holds all of it
 * @param content finished, by tenant and hash
 * @param staging being written; on the same file system, so that finishing is a rename
 */
record BlobFolders(Path root, Path content, Path staging) {
    static BlobFolders under(Path folder) {
        Path absolute = folder.toAbsolutePath().normalize();
        return new BlobFolders(absolute, absolute.resolve("content"), absolute.resolve("staging"));
    }
}
