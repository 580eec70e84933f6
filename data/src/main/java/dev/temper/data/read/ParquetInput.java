package dev.temper.data.read;

import dev.hardwood.InputFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * A Parquet file read by copying. The library's own way maps it into memory, where a file that shrinks under its threads
 * ends the whole process.
 */
final class ParquetInput implements InputFile {
    private final String name;
    private final FileChannel file;

    ParquetInput(Path path, String name) throws IOException {
        this.name = name;
        this.file = FileChannel.open(path);
    }

    @Override
    public void open() {}

    @Override
    public ByteBuffer readRange(long offset, int length) throws IOException {
        if (offset < 0 || length < 0 || offset + length > length()) {
            throw new EOFException("nothing is at " + offset + " to " + (offset + length));
        }
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, offset + bytes.position()) < 0) {
                throw new EOFException("the file ends at " + (offset + bytes.position()));
            }
        }
        return bytes.flip();
    }

    @Override
    public long length() throws IOException {
        return file.size();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
