package dev.temper.platform.live;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * That something has changed.
 *
 * @param tenantId whose it is; null where it is about machines, which all tenants share
 * @param topic as in {@code job.12}
 * @param json what is told about it, always with a {@code type}
 */
public record Fact(@Nullable UUID tenantId, String topic, String json) {
    /** Whether it lies under one of these topics: {@code job.12} under {@code job.12} and under {@code job}. */
    boolean under(Set<String> topics) {
        if (topics.contains(topic)) {
            return true;
        }
        int dot = topic.indexOf('.');
        return dot > 0 && topics.contains(topic.substring(0, dot));
    }
}
