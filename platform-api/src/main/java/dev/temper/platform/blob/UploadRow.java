package dev.temper.platform.blob;

import dev.temper.platform.common.ErrorCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An upload as the database has it, and what its sizes imply. */
record UploadRow(
        UUID id,
        String name,
        long size,
        int partSize,
        @Nullable String expected,
        UploadState state,
        @Nullable String hash,
        Instant createdAt,
        Instant expiresAt) {
    int parts() {
        return (int) Math.ceilDiv(size, (long) partSize);
    }

    /** How long the part of that number is; one that the upload does not have is not there. */
    int length(int number) {
        if (number < 0 || number >= parts()) {
            throw ErrorCode.NOT_FOUND.problem();
        }
        return (int) Math.min(partSize, size - (long) number * partSize);
    }

    BlobOwner owner() {
        return new BlobOwner("upload", id);
    }

    UploadView view(Map<Integer, String> kept) {
        List<Integer> missing = new ArrayList<>();
        long received = size;
        if (state != UploadState.FINISHED) {
            for (int number = 0; number < parts(); number++) {
                if (!kept.containsKey(number)) {
                    missing.add(number);
                    received -= length(number);
                }
            }
        }
        return new UploadView(id, name, size, partSize, received, missing, state, hash, createdAt, expiresAt);
    }
}
