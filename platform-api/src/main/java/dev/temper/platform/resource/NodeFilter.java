package dev.temper.platform.resource;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes are wanted.
 *
 * @param labels all of which they bear, as in {@code gpu=a100-80g}
 * @param pool the pool's name
 */
public record NodeFilter(
        List<String> labels,
        @Nullable String pool,
        @Nullable NodeState state) {
    public static final NodeFilter ALL = new NodeFilter(List.of(), null, null);

    public NodeFilter {
        labels = List.copyOf(labels);
    }
}
