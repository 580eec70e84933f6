package dev.temper.platform.audit;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One row of the log for programs.
 *
 * @param seq its place in its chain, from 1
 * @param before what it was; absent for something new
 * @param after what it is now; absent for something gone
 * @param previousHash the hash of the row before it
 * @param hash SHA-256 over every other field
 */
public record AuditEventView(
        UUID id,
        long seq,
        Instant at,
        Who actor,
        String action,
        AuditTarget target,
        @Nullable String requestId,
        @Nullable String address,
        @Nullable @Schema(type = "object") JsonNode before,
        @Nullable @Schema(type = "object") JsonNode after,
        String previousHash,
        String hash) {
    /** Who did it. */
    public record Who(String kind, @Nullable UUID id, String name) {}

    public static AuditEventView of(AuditEvent event) {
        return new AuditEventView(
                event.id(),
                event.seq(),
                event.at(),
                new Who(event.actorKind(), event.actorId(), event.actorName()),
                event.action(),
                new AuditTarget(event.targetType(), event.targetId(), event.targetName()),
                event.requestId(),
                event.address(),
                Snapshot.read(event.before()),
                Snapshot.read(event.after()),
                event.previousHash(),
                event.hash());
    }
}
