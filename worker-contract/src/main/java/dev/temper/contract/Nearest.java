package dev.temper.contract;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The known name somebody most likely meant. */
public final class Nearest {
    private Nearest() {}

    /** The known name with the fewest edits from {@code wrong}, the first in order among equals. */
    public static Optional<String> of(String wrong, Collection<String> known) {
        return known.stream()
                .min(Comparator.<String>comparingInt(name -> edits(wrong, name)).thenComparing(name -> name));
    }

    /** Insertions, deletions, replacements and swaps of neighbours that turn one into the other. */
    static int edits(String from, String to) {
        int[][] cost = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int replace = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
                int best = Math.min(cost[i - 1][j - 1] + replace, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
                boolean swapped = i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1);
                cost[i][j] = swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
            }
        }
        return cost[from.length()][to.length()];
    }
}
