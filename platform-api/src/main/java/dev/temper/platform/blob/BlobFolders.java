package dev.temper.platform.blob;

import java.nio.file.Path;

/**
 * Where bytes lie on this machine.
 *
 * @param root holds all of it
 * @param content finished, by tenant and hash
 * @param staging being written; on the same file system, so that finishing is a rename
 * @param cache copies of what lies in a bucket
 * @param spill what the rows' database puts aside
 */
record BlobFolders(Path root, Path content, Path staging, Path cache, Path spill) {
    static BlobFolders under(Path folder) {
        Path absolute = folder.toAbsolutePath().normalize();
        return new BlobFolders(
                absolute,
                absolute.resolve("content"),
                absolute.resolve("staging"),
                absolute.resolve("cache"),
                absolute.resolve("duckdb"));
    }
}
