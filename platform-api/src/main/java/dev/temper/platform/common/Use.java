package dev.temper.platform.common;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Something that another thing is needed for, and for whose sake it can't be deleted.
 *
 * @param kind as in {@code task}; errors and pages have words for it
 * @param name what people know it by; how many there are, where they are not the reader's to know
 */
public record Use(String kind, String name) {
    /** Those there are words for. */
    static final Set<String> KINDS = Set.of(
            "default_pool", "draft", "job", "jobs", "quotas", "recipe", "reservations", "tag", "task", "tuned_model");

    public Use {
        if (!KINDS.contains(kind)) {
            throw new IllegalArgumentException("there are no words for " + kind);
        }
    }

    /** Refuses what is in use, with all that uses it. */
    public static void refuse(Collection<Use> uses, ErrorCode code, String fact, Object value) {
        if (!uses.isEmpty()) {
            throw code.with(fact, value).with("uses", List.copyOf(uses));
        }
    }
}
