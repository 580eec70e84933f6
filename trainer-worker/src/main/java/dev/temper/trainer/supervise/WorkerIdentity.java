package dev.temper.trainer.supervise;

import dev.temper.contract.link.Enrolled;
import dev.temper.contract.link.LinkJson;
import dev.temper.trainer.data.DiskFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.UUID;

/** Who this worker is to its platform, wherever that answers; kept so that it enrols once. */
record WorkerIdentity(Enrolled enrolled) {
    private static final String FILE = "worker.json";

    private record Kept(UUID workerId, String credential) {}

    static Optional<WorkerIdentity> in(Path folder) {
        return RunFolder.bytes(folder.resolve(FILE))
                .map(bytes -> LinkJson.value(new String(bytes, StandardCharsets.UTF_8), Kept.class))
                .map(kept -> new WorkerIdentity(new Enrolled(kept.workerId(), kept.credential())));
    }

    /** Readable by nobody else. */
    void keep(Path folder) {
        Path file = folder.resolve(FILE);
        Path aside = folder.resolve(FILE + ".new");
        try {
            Files.deleteIfExists(aside);
            Files.createFile(aside, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(aside, LinkJson.text(new Kept(enrolled.workerId(), enrolled.credential())));
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw DiskFailure.writing(file, e);
        }
    }
}
