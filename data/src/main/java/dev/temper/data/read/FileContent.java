package dev.temper.data.read;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file on disk. */
final class FileContent implements Content {
    private final Path path;
    private final String name;
    private final long size;
    private long passed;

    FileContent(Path path, String name) throws IOException {
        this.path = path;
        this.name = name;
        this.size = Files.size(path);
    }

    long size() {
        return size;
    }

    @Override
    public String file() {
        return name;
    }

    @Override
    public @Nullable String within() {
        return null;
    }

    @Override
    public InputStream open() throws IOException {
        passed = 0;
        return new Counting(Files.newInputStream(path));
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public double progress() {
        return size == 0 ? 1 : Math.min(1, (double) passed / size);
    }

    @Override
    public void close() {}

    private final class Counting extends FilterInputStream {
        Counting(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            passed += one < 0 ? 0 : 1;
            return one;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = super.read(target, offset, length);
            passed += Math.max(0, count);
            return count;
        }
    }
}
