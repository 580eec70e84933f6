package dev.temper.platform.audit;

import java.util.UUID;

/**
 * What was acted on.
 *
 * @param type the kind in snake case, as in {@code api_key}
 * @param id its id, which outlives it
 * @param name what people called it at that moment
 */
public record AuditTarget(String type, String id, String name) {
    public static AuditTarget of(String type, UUID id, String name) {
        return new AuditTarget(type, id.toString(), name);
    }
}
