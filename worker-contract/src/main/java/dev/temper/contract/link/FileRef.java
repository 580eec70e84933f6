package dev.temper.contract.link;

/**
 * A file by its content.
 *
 * @param path below the run's folder, with slashes
 * @param sha256 of the content, in lower case
 * @param size in bytes
 */
public record FileRef(String path, String sha256, long size) {
    public FileRef {
        LinkCheck.path("path", path);
        LinkCheck.sha256("sha256", sha256);
        LinkCheck.range("size", size, 0, 1L << 50);
    }
}
