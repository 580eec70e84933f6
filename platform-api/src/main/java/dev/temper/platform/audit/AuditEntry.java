package dev.temper.platform.audit;

import dev.temper.platform.common.Actor;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A row on its way into the log; its place and its hashes are the database's to give. */
record AuditEntry(
        UUID id,
        @Nullable UUID tenantId,
        Instant at,
        Actor actor,
        AuditAction action,
        AuditTarget target,
        @Nullable String before,
        @Nullable String after) {
    private static final int MAX_NAME = 300;

    void insert(JdbcClient jdbc) {
        jdbc.sql("""
                insert into audit_events (
                    id, tenant_id, at, actor_kind, actor_id, actor_name, action,
                    target_type, target_id, target_name, request_id, address, before, after)
                values (
                    :id, :tenant::uuid, :at, :actorKind, :actorId::uuid, :actorName, :action,
                    :targetType, :targetId, :targetName, :requestId, :address, :before::json, :after::json)
                """)
                .param("id", id)
                .param("tenant", tenantId)
                .param("at", at.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC))
                .param("actorKind", actor.kind().name())
                .param("actorId", actor.id())
                .param("actorName", text(actor.name()))
                .param("action", action.code())
                .param("targetType", text(target.type()))
                .param("targetId", text(target.id()))
                .param("targetName", text(target.name()))
                .param("requestId", actor.requestId())
                .param("address", actor.address())
                .param("before", before)
                .param("after", after)
                .update();
    }

    /** Names come from people: without secrets, without what PostgreSQL can't keep, and not endless. */
    private static String text(String name) {
        String clean = Redaction.of(name).replaceAll("[\\p{Cntrl}\\p{Cs}]", "\uFFFD");
        return clean.length() <= MAX_NAME
                ? clean
                : clean.substring(0, MAX_NAME - 1).replaceAll("\\p{Cs}$", "") + "…";
    }
}
