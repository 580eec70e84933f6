package dev.temper.web.dataset;

import dev.temper.platform.blob.UploadView;
import dev.temper.web.shell.Formats;
import dev.temper.web.shell.Moment;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An upload that goes on when its file is chosen again.
 *
 * @param size in bytes, by which the file is known again
 * @param kept in MiB
 * @param whole in MiB
 */
record KeptUpload(
        UUID id,
        String name,
        long size,
        String kept,
        String whole,
        @Nullable Moment until) {
    private static final double MIB = 1 << 20;

    static KeptUpload of(UploadView upload, Formats formats) {
        return new KeptUpload(
                upload.id(),
                upload.name(),
                upload.size(),
                formats.number((long) Math.floor(upload.received() / MIB)),
                formats.number((long) Math.ceil(upload.size() / MIB)),
                formats.moment(upload.expiresAt()));
    }
}
