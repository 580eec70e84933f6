package dev.temper.data.read;

import dev.temper.contract.CodedException;
import dev.temper.data.row.Place;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns whatever a parser throws at a damaged or hostile file into a coded failure with a place. */
final class Damage {
    private Damage() {}

    /** What meets a customer's bytes. */
    interface Reading<T extends @Nullable Object> {
        T read() throws IOException;
    }

    /**
     * Passes on what is coded already.
     *
     * @throws FileSystemException where it is our disk and not the file
     */
    static <T extends @Nullable Object> T told(Place place, Reading<T> reading) throws IOException {
        try {
            return reading.read();
        } catch (FileSystemException ours) {
            throw ours;
        } catch (IOException | RuntimeException | StackOverflowError thrown) {
            throw known(thrown, place);
        } catch (OutOfMemoryError tooLarge) {
            // A size that a file claims and a library believed: one refused allocation, the heap itself is sound.
            throw broken(place, "it asks for more memory than there is").because(tooLarge);
        }
    }

    private static CodedException known(Throwable thrown, Place place) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof CodedException known) {
                return known;
            }
        }
        return broken(place, Reasons.of(thrown)).because(thrown);
    }

    private static CodedException broken(Place place, String reason) {
        return ReadCode.FILE_BROKEN.at(place, Map.of("reason", reason));
    }
}
