package dev.temper.platform.blob;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/** Content being written, hashed on the way. Close it whatever happens: what was not stored is gone then. */
public final class StagedBlob extends FilterOutputStream {
    private final Path file;
    private final MessageDigest digest;
    private long size;

    private StagedBlob(Path file, MessageDigest digest) throws IOException {
        super(new DigestOutputStream(Files.newOutputStream(file), digest));
        this.file = file;
        this.digest = digest;
    }

    static StagedBlob in(Path folder) {
        try {
            Files.createDirectories(folder);
            return new StagedBlob(folder.resolve(UUID.randomUUID().toString()), sha256());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void write(int b) throws IOException {
        out.write(b);
        size++;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        out.write(bytes, from, length);
        size += length;
    }

    public long size() {
        return size;
    }

    /** The same for a writer that closes what it writes to, which throws nothing away here. */
    OutputStream lent() {
        return new FilterOutputStream(this) {
            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                out.write(bytes, from, length);
            }

            @Override
            public void close() throws IOException {
                out.flush();
            }
        };
    }

    /** Ends the writing. */
    Blob finish() throws IOException {
        out.close();
        return new Blob(HexFormat.of().formatHex(digest.digest()), size);
    }

    Path file() {
        return file;
    }

    @Override
    public void close() throws IOException {
        try (OutputStream _ = out) {
            Files.deleteIfExists(file);
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** Writes one blob; may close what it writes to. */
    @FunctionalInterface
    public interface Writing {
        void to(OutputStream out) throws IOException;
    }
}
