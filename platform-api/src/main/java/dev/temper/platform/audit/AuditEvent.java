package dev.temper.platform.audit;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One row of the log, as it was written.
 *
 * @param tenantId whose chain it is in; null for the platform's
 * @param seq its place in the chain, from 1
 * @param before JSON text, null for something new
 * @param after JSON text, null for something gone
 * @param previousHash the hash of the row before it, in hex; zeros for the first
 * @param hash SHA-256 over all other fields, in hex
 */
public record AuditEvent(
        UUID id,
        @Nullable UUID tenantId,
        long seq,
        Instant at,
        String actorKind,
        @Nullable UUID actorId,
        String actorName,
        String action,
        String targetType,
        String targetId,
        String targetName,
        @Nullable String requestId,
        @Nullable String address,
        @Nullable String before,
        @Nullable String after,
        String previousHash,
        String hash) {}
