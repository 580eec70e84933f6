package dev.temper.platform.model;

import dev.temper.platform.common.Versioned;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A base model as the tenant in scope sees it.
 *
 * @param shared whether it is the platform's, for every tenant
 * @param source folder, upload or hub
 * @param origin what people recognise the source by
 * @param bytesTotal of the import; null while it is not known
 * @param bytesDone of those
 * @param facts what its files say; null before they were looked at
 * @param acceptance that of the licence as it stands now; null where there is none
 * @param usable whether a task may begin with it
 */
public record BaseModelView(
        UUID id,
        String name,
        boolean shared,
        String description,
        BaseModelState state,
        String source,
        String origin,
        @Nullable Long bytesTotal,
        long bytesDone,
        @Nullable ImportFailure failure,
        @Nullable ModelSummary facts,
        Licence licence,
        @Nullable Acceptance acceptance,
        boolean usable,
        @Nullable String createdBy,
        Instant createdAt,
        Instant changedAt,
        long version)
        implements Versioned {
    /** Who has accepted the licence for the tenant. */
    public record Acceptance(String by, Instant at) {}
}
