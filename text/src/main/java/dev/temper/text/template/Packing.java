package dev.temper.text.template;

import dev.temper.contract.CodedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Laying samples end to end in rows of one capacity: the longest that still fits goes in next. */
public final class Packing {
    private Packing() {}

    /**
     * Which samples share a row.
     *
     * @param lengths of the samples, none longer than the capacity
     * @return the rows, each the indices of its samples in order
     */
    public static List<int[]> plan(int[] lengths, int capacity) {
        TreeMap<Integer, Deque<Integer>> byLength = new TreeMap<>();
        for (int i = 0; i < lengths.length; i++) {
            if (lengths[i] > capacity) {
                throw CodedException.user(
                                "sample_longer_than_row",
                                "Sample %d has %d tokens; a row holds %d.".formatted(i, lengths[i], capacity),
                                "Raise cutoff_len, or leave the sample out.")
                        .with("sample", i);
            }
            byLength.computeIfAbsent(lengths[i], length -> new ArrayDeque<>()).add(i);
        }
        List<int[]> rows = new ArrayList<>();
        while (!byLength.isEmpty()) {
            List<Integer> row = new ArrayList<>();
            int room = capacity;
            for (Map.Entry<Integer, Deque<Integer>> longest = byLength.floorEntry(room);
                    longest != null;
                    longest = byLength.floorEntry(room)) {
                row.add(longest.getValue().removeLast());
                room -= longest.getKey();
                if (longest.getValue().isEmpty()) {
                    byLength.remove(longest.getKey());
                }
            }
            rows.add(row.stream().mapToInt(Integer::intValue).toArray());
        }
        return rows;
    }

    /**
     * One row as LLaMA-Factory lays it out, padded to the capacity and one.
     *
     * @param cleanBorders numbers the samples in {@link PackedRow#segments} from 1, padding 0; else all is one segment
     */
    public static PackedRow lay(List<Sample> samples, int capacity, int padId, boolean cleanBorders) {
        int width = capacity + 1;
        PackedRow row = new PackedRow(new int[width], new int[width], new int[width], new int[width]);
        int at = 0;
        for (int s = 0; s < samples.size(); s++) {
            Sample sample = samples.get(s);
            System.arraycopy(sample.ids(), 0, row.ids(), at, sample.length());
            System.arraycopy(sample.labels(), 0, row.labels(), at, sample.length());
            Arrays.fill(row.segments(), at, at + sample.length(), cleanBorders ? s + 1 : 1);
            for (int i = 0; i < sample.length(); i++) {
                row.positions()[at + i] = i;
            }
            at += sample.length();
        }
        Arrays.fill(row.ids(), at, width, padId);
        Arrays.fill(row.labels(), at, width, Sample.IGNORED);
        Arrays.fill(row.segments(), at, width, cleanBorders ? 0 : 1);
        return row;
    }
}
