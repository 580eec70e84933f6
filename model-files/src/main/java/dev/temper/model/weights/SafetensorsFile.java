package dev.temper.model.weights;

import dev.temper.contract.CodedException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A safetensors file, mapped. The header is checked as the reference implementation checks it before a byte of data is
 * looked at: sizes agree with shapes, tensors neither overlap nor leave holes, and the file ends where the last one ends.
 */
public final class SafetensorsFile implements WeightSource {
    private static final long LARGEST_HEADER = 100_000_000;
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(8)
                            .maxNameLength(4096)
                            .maxStringLength((int) LARGEST_HEADER)
                            .maxDocumentLength(LARGEST_HEADER)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    private final Path file;
    private final Arena arena;
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final Map<String, Weight> weights = new LinkedHashMap<>();

    private SafetensorsFile(Path file, Arena arena, MemorySegment bytes) {
        this.file = file;
        this.arena = arena;
        if (bytes.byteSize() < 8) {
            throw torn("it has only %d bytes".formatted(bytes.byteSize()));
        }
        long headerSize = bytes.get(Blocks.LONG, 0);
        if (headerSize < 2 || headerSize > LARGEST_HEADER || headerSize > bytes.byteSize() - 8) {
            throw torn("its header claims %s bytes of a file of %d"
                    .formatted(Long.toUnsignedString(headerSize), bytes.byteSize()));
        }
        JsonNode header = parse(bytes.asSlice(8, headerSize));
        readMetadata(header.path("__metadata__"));
        readWeights(header, bytes.asSlice(8 + headerSize), 8 + headerSize);
    }

    /** Maps the file and checks its header; the data is touched only when it is used. */
    public static SafetensorsFile open(Path file) {
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return new SafetensorsFile(
                    file, arena, channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena));
        } catch (IOException e) {
            arena.close();
            throw CodedException.user(
                            "weights_unreadable",
                            "%s cannot be opened (%s).".formatted(file, e.getMessage()),
                            "Check that the file exists and may be read.")
                    .because(e);
        } catch (RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    private JsonNode parse(MemorySegment header) {
        try {
            JsonNode node = JSON.readTree(header.toArray(Blocks.BYTE));
            if (!node.isObject()) {
                throw torn("its header is not a JSON object");
            }
            return node;
        } catch (JacksonException e) {
            throw torn("its header is not valid JSON").because(e);
        }
    }

    private void readMetadata(JsonNode node) {
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            if (!entry.getValue().isString()) {
                throw torn("its metadata \"%s\" is not a string".formatted(entry.getKey()));
            }
            metadata.put(entry.getKey(), entry.getValue().stringValue());
        }
    }

    private void readWeights(JsonNode header, MemorySegment data, long dataStart) {
        List<Entry> entries = new ArrayList<>();
        for (Map.Entry<String, JsonNode> each : header.properties()) {
            if (!each.getKey().equals("__metadata__")) {
                entries.add(entry(each.getKey(), each.getValue()));
            }
        }
        entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        long expected = 0;
        for (Entry entry : entries) {
            if (entry.begin != expected) {
                throw torn("\"%s\" begins at byte %d of the data where %d is due"
                        .formatted(entry.name, entry.begin, expected));
            }
            expected = entry.end;
            if (entry.end > data.byteSize()) {
                throw torn("\"%s\" ends at byte %d, but there are only %d; the file is cut off"
                        .formatted(entry.name, entry.end, data.byteSize()));
            }
            weights.put(
                    entry.name,
                    new Weight(
                            entry.name,
                            entry.type,
                            entry.shape,
                            new Weight.FileRegion(file, dataStart + entry.begin, entry.end - entry.begin),
                            data.asSlice(entry.begin, entry.end - entry.begin),
                            new Weight.Layout.Plain()));
        }
        if (expected != data.byteSize()) {
            throw torn("%d bytes belong to no tensor".formatted(data.byteSize() - expected));
        }
    }

    private record Entry(String name, ElementType type, Shape shape, long begin, long end) {}

    private Entry entry(String name, JsonNode node) {
        String typeName = node.path("dtype").asString("");
        ElementType type = ElementType.ofSafetensors(typeName)
                .orElseThrow(() -> torn("\"%s\" has the unknown type \"%s\"".formatted(name, typeName)));
        List<Long> sizes = longs(name, "shape", node.path("shape"));
        List<Long> offsets = longs(name, "data_offsets", node.path("data_offsets"));
        if (offsets.size() != 2 || offsets.get(1) < offsets.get(0)) {
            throw torn("\"%s\" has the offsets %s".formatted(name, offsets));
        }
        try {
            Shape shape = new Shape(sizes);
            if (type.bytes(shape.elements()) == offsets.get(1) - offsets.get(0)) {
                return new Entry(name, type, shape, offsets.get(0), offsets.get(1));
            }
        } catch (ArithmeticException e) {
            throw torn("\"%s\" has the shape %s".formatted(name, sizes)).because(e);
        }
        throw torn("\"%s\" is %s%s, but has %d bytes".formatted(name, type, sizes, offsets.get(1) - offsets.get(0)));
    }

    private List<Long> longs(String name, String key, JsonNode node) {
        if (!node.isArray() || node.size() > 16) {
            throw torn("\"%s\" has no %s".formatted(name, key));
        }
        List<Long> result = new ArrayList<>();
        for (JsonNode each : node) {
            if (!each.isIntegralNumber() || !each.canConvertToLong() || each.longValue() < 0) {
                throw torn("\"%s\" has the %s %s".formatted(name, key, node));
            }
            result.add(each.longValue());
        }
        return result;
    }

    private CodedException torn(String what) {
        return CodedException.user(
                        "safetensors_malformed",
                        "%s is not a whole safetensors file: %s.".formatted(file, what),
                        "Download or copy the file again.")
                .with("file", file.toString());
    }

    /** The free-form strings of the header, such as {@code format}. */
    public Map<String, String> metadata() {
        return Collections.unmodifiableMap(metadata);
    }

    @Override
    public Collection<Weight> weights() {
        return Collections.unmodifiableCollection(weights.values());
    }

    @Override
    public Optional<Weight> find(String name) {
        return Optional.ofNullable(weights.get(name));
    }

    @Override
    public String describe() {
        return file.toString();
    }

    @Override
    public void close() {
        arena.close();
    }
}
