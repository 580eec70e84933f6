package dev.temper.platform.blob;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An upload as its sender sees it.
 *
 * @param size of the whole, in bytes
 * @param partSize of every part but the last, in bytes
 * @param received how many bytes are kept
 * @param missing the numbers of the parts that are still to come, from 0
 * @param hash of the blob it became; null before that
 * @param expiresAt when it is given up unless a part comes before
 */
public record UploadView(
        UUID id,
        String name,
        long size,
        int partSize,
        long received,
        List<Integer> missing,
        UploadState state,
        @Nullable String hash,
        Instant createdAt,
        Instant expiresAt) {
    public UploadView {
        missing = List.copyOf(missing);
    }
}
