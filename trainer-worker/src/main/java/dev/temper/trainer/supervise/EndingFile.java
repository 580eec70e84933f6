package dev.temper.trainer.supervise;

import dev.temper.contract.CodedException;
import dev.temper.contract.link.Directive;
import dev.temper.contract.link.Failure;
import dev.temper.contract.link.LinkJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a run says that it ended, before its process does. */
record EndingFile(Path file) {
    private static final Logger log = LoggerFactory.getLogger(EndingFile.class);

    /**
     * An ending as JSON.
     *
     * @param stoppedBy for {@link Ending.Stopped}
     * @param failure for {@link Ending.Failed}
     */
    private record Written(
            @Nullable Directive stoppedBy,
            long step,
            @Nullable Failure failure) {}

    void write(Ending ending) {
        Written written = switch (ending) {
            case Ending.Done() -> new Written(null, 0, null);
            case Ending.Stopped(Directive by, long step) -> new Written(by, step, null);
            case Ending.Failed(Failure failure) -> new Written(null, 0, failure);
        };
        RunFolder.write(file, LinkJson.text(written));
    }

    /** Empty also where a crash of the machine has left something that can't be read. */
    Optional<Ending> read() {
        try {
            return RunFolder.bytes(file)
                    .map(bytes -> LinkJson.value(new String(bytes, StandardCharsets.UTF_8), Written.class))
                    .map(EndingFile::ending);
        } catch (CodedException e) {
            log.warn("How a run ended can't be read from {}: {}", file, e.getMessage());
            return Optional.empty();
        }
    }

    private static Ending ending(Written written) {
        if (written.failure() != null) {
            return new Ending.Failed(Objects.requireNonNull(written.failure()));
        }
        return written.stoppedBy() == null
                ? new Ending.Done()
                : new Ending.Stopped(Objects.requireNonNull(written.stoppedBy()), written.step());
    }
}
