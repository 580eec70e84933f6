package dev.temper.data.duplicates;

import dev.temper.data.recipe.StepContext;
import dev.temper.data.row.Place;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The signatures of rows gone by, on disk, found again by what similar rows share. */
public final class NearIndex implements AutoCloseable {
    private static final int PLACE = Signature.HASHES;
    private static final int MARK = PLACE + Places.BYTES;
    private static final int BYTES = MARK + 1;

    private final double threshold;
    private final TagTable bands;
    private final RecordFile records;
    private final Places places;
    private int count;

    public NearIndex(StepContext context, double threshold) {
        this.threshold = threshold;
        Saved saved = Saved.of(context);
        this.count = saved.count();
        this.places = saved.places();
        this.bands = new TagTable(saved.folder().resolve("bands"));
        this.records = new RecordFile(saved.folder().resolve("signatures"), BYTES);
    }

    /**
     * A row that is at least as similar as the threshold.
     *
     * @param place as reports name it
     * @param mark what it was added with
     */
    public record Similar(String place, double similarity, byte mark) {}

    /** A text on its way into the index. */
    public final class Entry {
        private final Signature signature;

        private Entry(String text) {
            this.signature = Signature.of(text);
        }

        /** The rows found that are like this one, at most {@code most}. */
        public List<Similar> similar(int most) {
            Set<Integer> seen = new HashSet<>();
            List<Similar> similar = new ArrayList<>();
            for (int band = 0; band < Signature.BANDS && similar.size() < most; band++) {
                bands.any(signature.band(band), row -> {
                    if (row < count && seen.add(row)) {
                        MemorySegment record = records.record(row);
                        double similarity = signature.similarity(record);
                        if (similarity >= threshold) {
                            byte mark = record.get(ValueLayout.JAVA_BYTE, MARK);
                            similar.add(new Similar(places.read(record, PLACE), similarity, mark));
                        }
                    }
                    return similar.size() >= most;
                });
            }
            return similar;
        }

        public void add(Place place, byte mark) {
            MemorySegment record = records.record(count);
            signature.write(record);
            places.write(place, record, PLACE);
            record.set(ValueLayout.JAVA_BYTE, MARK, mark);
            for (int band = 0; band < Signature.BANDS; band++) {
                bands.add(signature.band(band), count);
            }
            count++;
        }
    }

    public Entry entry(String text) {
        return new Entry(text);
    }

    public JsonNode save() {
        bands.force();
        records.force();
        return Saved.node(count, places);
    }

    @Override
    public void close() {
        bands.close();
        records.close();
    }
}
