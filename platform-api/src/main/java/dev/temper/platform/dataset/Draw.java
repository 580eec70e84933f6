package dev.temper.platform.dataset;

import java.util.Random;

/**
 * How often a mix takes each row of a version: every row as often as the ratio's whole part says, and of what is left over
 * exactly the share, drawn row by row so that each has the same chance (Knuth, The Art of Computer Programming, 3.4.2,
 * algorithm S). The same version and ratio draw the same rows.
 */
final class Draw {
    private final int each;
    private final Random random;
    private long left;
    private long wanted;

    /**
     * Begins with the first row.
     *
     * @param rows of the version
     */
    Draw(long rows, double ratio, long seed) {
        this.each = (int) ratio;
        this.left = rows;
        this.wanted = Math.round((ratio - each) * rows);
        this.random = new Random(seed);
    }

    /** How often the next row is taken. */
    int next() {
        boolean drawn = wanted > 0 && random.nextDouble() * left < wanted;
        left--;
        wanted -= drawn ? 1 : 0;
        return drawn ? each + 1 : each;
    }
}
