package dev.temper.data.read;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/** Writes bytes aside into the scratch folder for a reader that jumps about, and takes them away again. */
final class Spool implements Closeable {
    private final Path scratch;
    private @Nullable Path file;

    Spool(Path scratch) {
        this.scratch = scratch;
    }

    Path of(Content content) throws IOException {
        Path there = file;
        if (there == null) {
            there = Files.createTempFile(scratch, "read-", ".part");
            file = there;
            try (InputStream in = content.open()) {
                Files.copy(in, there, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException full) {
                // Damage in the content is told by its stream; what remains is our disk.
                throw new FileSystemException(there.toString(), null, Reasons.of(full));
            }
        }
        return there;
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            Files.deleteIfExists(file);
            file = null;
        }
    }
}
