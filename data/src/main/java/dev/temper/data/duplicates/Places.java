package dev.temper.data.duplicates;

import dev.temper.data.row.Place;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Where rows came from, in twelve bytes each; files and the parts of them are few and are named once. */
final class Places {
    static final int BYTES = 12;
    private static final ValueLayout.OfLong LINE = ValueLayout.JAVA_LONG_UNALIGNED;
    private static final ValueLayout.OfInt SOURCE = ValueLayout.JAVA_INT_UNALIGNED;

    private final List<String> sources = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    static Places of(JsonNode saved) {
        Places places = new Places();
        saved.forEach(source -> places.number(source.asString()));
        return places;
    }

    void write(Place place, MemorySegment record, long offset) {
        record.set(LINE, offset, place.line());
        record.set(SOURCE, offset + Long.BYTES, number(source(place)));
    }

    /** What the report says of the row this one is like: {@code file.csv:7}. */
    String read(MemorySegment record, long offset) {
        return sources.get(record.get(SOURCE, offset + Long.BYTES)) + ":" + record.get(LINE, offset);
    }

    ArrayNode save() {
        ArrayNode saved = JsonNodeFactory.instance.arrayNode();
        sources.forEach(saved::add);
        return saved;
    }

    private int number(String source) {
        return numbers.computeIfAbsent(source, unseen -> {
            sources.add(unseen);
            return sources.size() - 1;
        });
    }

    private static String source(Place place) {
        return place.within() == null ? place.file() : place.file() + "/" + place.within();
    }
}
