package dev.temper.data.read;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** What is inside a gzip or zstd file. */
final class UnpackedContent implements Content {
    private final FileContent packed;
    private final Compression compression;
    private final Limits limits;
    private final Spool spool;

    UnpackedContent(FileContent packed, Compression compression, Limits limits, Path scratch) {
        this.packed = packed;
        this.compression = compression;
        this.limits = limits;
        this.spool = new Spool(scratch);
    }

    @Override
    public String file() {
        return packed.file();
    }

    @Override
    public @Nullable String within() {
        return null;
    }

    @Override
    public InputStream open() throws IOException {
        return new BoundedStream(this::unpack, limits.unpacked(packed.size()), place(0));
    }

    private InputStream unpack() throws IOException {
        InputStream in = packed.open();
        return switch (compression) {
            case NONE -> in;
            case GZIP -> new GZIPInputStream(in, 1 << 16);
            case ZSTD -> new ZstdInputStream(in);
        };
    }

    @Override
    public Path path() throws IOException {
        return spool.of(this);
    }

    @Override
    public double progress() {
        return packed.progress();
    }

    @Override
    public void close() throws IOException {
        spool.close();
    }
}
