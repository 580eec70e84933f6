package dev.temper.data.duplicates;

import dev.temper.data.recipe.StepContext;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/** A mark for each of any number of keys, on disk; a key is known by half of its SHA-256. */
public final class KeyMarks implements AutoCloseable {
    private static final int BYTES = Digest.BYTES + 1;

    private final Digest digest = new Digest();
    private final TagTable tags;
    private final RecordFile records;
    private int count;

    public KeyMarks(StepContext context) {
        Saved saved = Saved.of(context);
        this.count = saved.count();
        this.tags = new TagTable(saved.folder().resolve("tags"));
        this.records = new RecordFile(saved.folder().resolve("keys"), BYTES);
    }

    public OptionalInt find(String key) {
        MemorySegment hash = digest.add(key).hash();
        int[] found = {-1};
        boolean known = tags.any(Digest.tag(hash), other -> {
            found[0] = other;
            return other < count && Digest.same(records.record(other), hash);
        });
        return known
                ? OptionalInt.of(records.record(found[0]).get(ValueLayout.JAVA_BYTE, Digest.BYTES))
                : OptionalInt.empty();
    }

    public void add(String key, byte mark) {
        MemorySegment hash = digest.add(key).hash();
        MemorySegment record = records.record(count);
        MemorySegment.copy(hash, 0, record, 0, Digest.BYTES);
        record.set(ValueLayout.JAVA_BYTE, Digest.BYTES, mark);
        tags.add(Digest.tag(hash), count++);
    }

    public JsonNode save() {
        tags.force();
        records.force();
        return Saved.node(count, new Places());
    }

    @Override
    public void close() {
        tags.close();
        records.close();
    }
}
