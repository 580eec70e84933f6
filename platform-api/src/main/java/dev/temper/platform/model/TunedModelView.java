package dev.temper.platform.model;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What came of a task that succeeded.
 *
 * @param number its number in the tenant's addresses
 * @param version of that name, from 1
 * @param task what it came of, with the number in its address
 * @param baseModel what that began with; null where it was before there was a registry
 * @param lineage dataset versions, stage and method, as {@code {data, stage, method}}; JSON
 * @param size of all its files, in bytes
 */
public record TunedModelView(
        UUID id,
        long number,
        String name,
        int version,
        Kind kind,
        UUID task,
        long taskNumber,
        @Nullable UUID baseModel,
        String base,
        @JsonRawValue String lineage,
        long size,
        String createdBy,
        Instant createdAt) {
    /** What its files are. */
    public enum Kind {
        /** Weights beside those of the base model. */
        ADAPTER,
        /** A whole model. */
        MODEL
    }
}
