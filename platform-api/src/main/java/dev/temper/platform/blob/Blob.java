package dev.temper.platform.blob;

/**
 * Content that is stored.
 *
 * @param hash SHA-256, 64 hexadecimal digits
 * @param size in bytes
 */
public record Blob(String hash, long size) {}
