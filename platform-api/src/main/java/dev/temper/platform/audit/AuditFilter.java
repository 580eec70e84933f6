package dev.temper.platform.audit;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a log are wanted; an empty or null part does not restrict.
 *
 * @param actor the actor's id, or a part of the name
 * @param actions codes of actions, any of which will do
 * @param targetType the kind, as in {@code membership}
 * @param targetId the id of what was acted on
 * @param from not before this
 * @param to before this
 * @param text a part of any name, id, or of what changed
 */
public record AuditFilter(
        @Nullable String actor,
        List<String> actions,
        @Nullable String targetType,
        @Nullable String targetId,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String text) {
    public static final AuditFilter ALL = new AuditFilter(null, List.of(), null, null, null, null, null);

    public AuditFilter {
        actions = List.copyOf(actions);
    }

    /** A condition in SQL and its parameters. */
    record Condition(String sql, Map<String, Object> parameters) {}

    Condition condition() {
        List<String> all = new ArrayList<>();
        Map<String, Object> values = new HashMap<>();
        if (present(actor)) {
            all.add("(actor_id::text = lower(:actor) or position(lower(:actor) in lower(actor_name)) > 0)");
            values.put("actor", actor);
        }
        if (!actions.isEmpty()) {
            all.add("action in (:actions)");
            values.put("actions", actions);
        }
        if (present(targetType)) {
            all.add("target_type = :targetType");
            values.put("targetType", targetType);
        }
        if (present(targetId)) {
            all.add("target_id = :targetId");
            values.put("targetId", targetId);
        }
        if (from != null) {
            all.add("at >= :from");
            values.put("from", from.atOffset(ZoneOffset.UTC));
        }
        if (to != null) {
            all.add("at < :to");
            values.put("to", to.atOffset(ZoneOffset.UTC));
        }
        if (present(text)) {
            // position, not like: what people type holds % and _.
            all.add("""
                    position(lower(:text) in lower(concat_ws(' ', actor_name, action, target_type, target_id, target_name,
                        request_id, address, before::text, after::text))) > 0""");
            values.put("text", text);
        }
        return new Condition(all.isEmpty() ? "true" : String.join(" and ", all), values);
    }

    private static boolean present(@Nullable String part) {
        return part != null && !part.isBlank();
    }
}
