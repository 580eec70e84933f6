package dev.temper.data.duplicates;

import dev.temper.data.duplicates.ExactDuplicates.Compare;
import dev.temper.data.recipe.Outcome;
import dev.temper.data.recipe.Step;
import dev.temper.data.recipe.StepContext;
import dev.temper.data.row.Row;
import dev.temper.data.row.RowText;
import dev.temper.data.row.Turn;
import java.lang.foreign.MemorySegment;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The digest and the place of every row that was not there before, on disk. */
final class ExactIndex implements Step {
    private final Compare compare;
    private final boolean ignoreCase;
    private final Digest digest = new Digest();
    private final TagTable tags;
    private final RecordFile records;
    private final Places places;
    private int count;

    ExactIndex(StepContext context, Compare compare, boolean ignoreCase) {
        this.compare = compare;
        this.ignoreCase = ignoreCase;
        Saved saved = Saved.of(context);
        this.count = saved.count();
        this.places = saved.places();
        this.tags = new TagTable(saved.folder().resolve("tags"));
        this.records = new RecordFile(saved.folder().resolve("rows"), Digest.BYTES + Places.BYTES);
    }

    @Override
    public Outcome apply(Row row) {
        MemorySegment hash = hash(row);
        int[] twin = {-1};
        boolean known = tags.any(Digest.tag(hash), other -> {
            twin[0] = other;
            return other < count && Digest.same(records.record(other), hash);
        });
        if (known) {
            return Outcome.drop("exact_duplicate", Map.of("of", places.read(records.record(twin[0]), Digest.BYTES)));
        }
        MemorySegment record = records.record(count);
        MemorySegment.copy(hash, 0, record, 0, Digest.BYTES);
        places.write(row.place(), record, Digest.BYTES);
        tags.add(Digest.tag(hash), count++);
        return Outcome.UNCHANGED;
    }

    private MemorySegment hash(Row row) {
        if (compare == Compare.QUESTION && row.text() == null) {
            add(RowText.question(row));
        } else {
            row.turns().forEach(this::add);
            add(row.text());
            add(row.chosen());
            add(row.rejected());
            add(String.valueOf(row.label()));
        }
        return digest.hash();
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
        digest.add(text == null ? "" : ignoreCase ? text.toLowerCase(Locale.ROOT) : text);
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
}
