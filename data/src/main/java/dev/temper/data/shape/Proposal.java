package dev.temper.data.shape;

import java.util.List;

/**
 * How a file could be mapped.
 *
 * @param confidence from 0 to 1; from {@link #CERTAIN} on nobody needs to be asked
 * @param columns that the first records have, in order
 */
public record Proposal(Mapping mapping, double confidence, List<String> columns) {
    public static final double CERTAIN = 0.9;

    public Proposal {
        columns = List.copyOf(columns);
    }

    public boolean isCertain() {
        return confidence >= CERTAIN;
    }
}
