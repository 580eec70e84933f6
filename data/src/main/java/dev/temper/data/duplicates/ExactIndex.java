package dev.temper.data.duplicates;

import dev.temper.data.duplicates.ExactDuplicates.Compare;
import dev.temper.data.recipe.Outcome;
import dev.temper.data.recipe.Step;
import dev.temper.data.recipe.StepContext;
import dev.temper.data.row.Row;
import dev.temper.data.row.RowText;
import dev.temper.data.row.Turn;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The first sixteen bytes of each row's SHA-256, on disk; two different rows sharing them is out of reach. */
final class ExactIndex implements Step {
    private static final ValueLayout.OfLong HALF = ValueLayout.JAVA_LONG_UNALIGNED;
    private static final int HASH = 16;

    private final Compare compare;
    private final boolean ignoreCase;
    private final MessageDigest digest;
    private final TagTable tags;
    private final RecordFile records;
    private final Places places;
    private int count;

    ExactIndex(StepContext context, Compare compare, boolean ignoreCase) {
        this.compare = compare;
        this.ignoreCase = ignoreCase;
        this.digest = sha256();
        Saved saved = Saved.of(context);
        this.count = saved.count();
        this.places = saved.places();
        this.tags = new TagTable(saved.folder().resolve("tags"));
        this.records = new RecordFile(saved.folder().resolve("rows"), HASH + Places.BYTES);
    }

    @Override
    public Outcome apply(Row row) {
        MemorySegment hash = MemorySegment.ofArray(hash(row));
        int tag = hash.get(ValueLayout.JAVA_INT_UNALIGNED, HASH);
        int[] twin = {-1};
        boolean known = tags.any(tag, other -> {
            twin[0] = other;
            return other < count && same(records.record(other), hash);
        });
        if (known) {
            return Outcome.drop("exact_duplicate", Map.of("of", places.read(records.record(twin[0]), HASH)));
        }
        MemorySegment record = records.record(count);
        MemorySegment.copy(hash, 0, record, 0, HASH);
        places.write(row.place(), record, HASH);
        tags.add(tag, count++);
        return Outcome.UNCHANGED;
    }

    private static boolean same(MemorySegment one, MemorySegment other) {
        return one.get(HALF, 0) == other.get(HALF, 0) && one.get(HALF, 8) == other.get(HALF, 8);
    }

    private byte[] hash(Row row) {
        if (compare == Compare.QUESTION && row.text() == null) {
            add(RowText.question(row));
        } else {
            row.turns().forEach(this::add);
            add(row.text());
            add(row.chosen());
            add(row.rejected());
            add(String.valueOf(row.label()));
        }
        return digest.digest();
    }

    private void add(@Nullable Turn turn) {
        if (turn != null) {
            add(turn.speaker().id());
            add(turn.text());
            if (!turn.more().isEmpty()) {
                add(new TreeMap<>(turn.more()).toString());
            }
        }
    }

    private void add(@Nullable String text) {
        if (text != null) {
            digest.update((ignoreCase ? text.toLowerCase(Locale.ROOT) : text).getBytes(StandardCharsets.UTF_8));
        }
        digest.update((byte) 0xFF); // no UTF-8 has it: "ab" and "c" are not "a" and "bc"
    }

    @Override
    public Optional<JsonNode> save() {
        tags.force();
        records.force();
        return Optional.of(Saved.node(count, places));
    }

    @Override
    public void close() {
        tags.close();
        records.close();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
