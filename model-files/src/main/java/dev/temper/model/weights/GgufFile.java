package dev.temper.model.weights;

import dev.temper.contract.CodedException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A GGUF file (version 2 or 3), mapped: its metadata and where its tensors lie, by llama.cpp's names. Every length is
 * held against the bytes that are left before anything is allocated for it.
 */
final class GgufFile implements AutoCloseable {
    static final int MAGIC = 0x46554747;
    static final int DEFAULT_ALIGNMENT = 32;
    private static final int DEEPEST_ARRAY = 4;
    private static final int MOST_DIMENSIONS = 4;
    /** Of a tensor's entry: a name's length, the count of dimensions, the type and the offset. */
    private static final int LEAST_TENSOR_BYTES = 24;

    private final String file;
    private final Arena arena;
    private final MemorySegment bytes;
    private final GgufMetadata metadata;
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private long position;

    /**
     * @param shape as PyTorch has it: outermost size first, the reverse of the file's order
     * @param offset from the file's start
     */
    record Tensor(String name, ElementType type, Shape shape, long offset, MemorySegment bytes) {}

    private GgufFile(Path path, Arena arena, MemorySegment bytes) {
        this.file = path.toString();
        this.arena = arena;
        this.bytes = bytes;
        this.metadata = new GgufMetadata(file);
        int magic = readInt("the magic number");
        if (magic != MAGIC) {
            throw malformed(file, "it does not begin with \"GGUF\"");
        }
        int version = readInt("the version");
        if (version < 2 || version > 3) {
            throw CodedException.user(
                    "gguf_version_unsupported",
                    Integer.reverseBytes(version) == 2 || Integer.reverseBytes(version) == 3
                            ? "%s is a big-endian GGUF file.".formatted(file)
                            : "%s is GGUF version %s.".formatted(file, Integer.toUnsignedString(version)),
                    "Use a little-endian file of version 2 or 3, as llama.cpp writes today.");
        }
        long tensorCount = readCount("the number of tensors", LEAST_TENSOR_BYTES);
        long keyCount = readCount("the number of keys", 8 + 4 + 1);
        for (long i = 0; i < keyCount; i++) {
            String key = readText("a key");
            metadata.put(key, readValue(readType(key), key, 0));
        }
        readTensors(tensorCount);
    }

    static GgufFile open(Path file) {
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return new GgufFile(file, arena, channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena));
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

    GgufMetadata metadata() {
        return metadata;
    }

    Map<String, Tensor> tensors() {
        return Collections.unmodifiableMap(tensors);
    }

    private void readTensors(long count) {
        record Entry(String name, ElementType type, Shape shape, long offset) {}
        List<Entry> entries = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            String name = readText("a tensor's name");
            Shape shape = readShape(name);
            ElementType type = readElementType(name);
            if (shape.columns() % type.blockElements() != 0) {
                throw malformed(
                        file,
                        "the tensor \"%s\" has rows of %d numbers, and %s comes in blocks of %d"
                                .formatted(name, shape.columns(), type, type.blockElements()));
            }
            entries.add(new Entry(name, type, shape, readLong("the offset of \"" + name + "\"")));
        }
        OptionalInt given = metadata.whole("general.alignment");
        int alignment = given.orElse(DEFAULT_ALIGNMENT);
        if (alignment < 1 || Integer.bitCount(alignment) != 1) {
            throw malformed(file, "its alignment is " + alignment);
        }
        long dataStart = (position + alignment - 1) / alignment * alignment;
        for (Entry entry : entries) {
            long size = entry.type.bytes(entry.shape.elements());
            long room = bytes.byteSize() - dataStart;
            if (entry.offset < 0 || entry.offset % alignment != 0 || size > room || entry.offset > room - size) {
                throw malformed(
                        file,
                        "the tensor \"%s\" lies at byte %s with a size of %d, outside the %d bytes of data"
                                .formatted(entry.name, Long.toUnsignedString(entry.offset), size, Math.max(0, room)));
            }
            long offset = dataStart + entry.offset;
            Tensor tensor = new Tensor(entry.name, entry.type, entry.shape, offset, bytes.asSlice(offset, size));
            if (tensors.putIfAbsent(entry.name, tensor) != null) {
                throw malformed(file, "the tensor \"%s\" is there twice".formatted(entry.name));
            }
        }
        checkOverlaps();
    }

    private void checkOverlaps() {
        List<Tensor> sorted = new ArrayList<>(tensors.values());
        sorted.sort(Comparator.comparingLong(Tensor::offset));
        for (int i = 1; i < sorted.size(); i++) {
            Tensor before = sorted.get(i - 1);
            if (before.offset + before.bytes.byteSize() > sorted.get(i).offset) {
                throw malformed(
                        file, "the tensors \"%s\" and \"%s\" overlap".formatted(before.name, sorted.get(i).name));
            }
        }
    }

    private Shape readShape(String name) {
        int dimensions = readInt("the dimensions of \"" + name + "\"");
        if (dimensions < 1 || dimensions > MOST_DIMENSIONS) {
            throw malformed(
                    file, "the tensor \"%s\" has %s dimensions".formatted(name, Integer.toUnsignedString(dimensions)));
        }
        List<Long> sizes = new ArrayList<>();
        for (int i = 0; i < dimensions; i++) {
            sizes.addFirst(readLong("the dimensions of \"" + name + "\""));
        }
        try {
            Shape shape = new Shape(sizes);
            // Guards the products of sizes and bytes further on.
            Math.multiplyExact(shape.elements(), 8L);
            Math.toIntExact(shape.columns());
            if (shape.elements() == 0) {
                throw new ArithmeticException("empty");
            }
            return shape;
        } catch (ArithmeticException e) {
            throw malformed(file, "the tensor \"%s\" has the sizes %s".formatted(name, sizes))
                    .because(e);
        }
    }

    private ElementType readElementType(String name) {
        int id = readInt("the type of \"" + name + "\"");
        return ElementType.ofGgml(id)
                .orElseThrow(() -> CodedException.user(
                                "gguf_type_unsupported",
                                "The tensor \"%s\" of %s is quantised as type %s, which cannot be read here."
                                        .formatted(name, file, Integer.toUnsignedString(id)),
                                "Use a file in F32, F16, BF16, Q8_0, Q4_0, Q4_1, Q5_0, Q5_1 or a K type (Q2_K to Q6_K).")
                        .with("tensor", name));
    }

    private GgufType readType(String key) {
        int id = readInt("the type of \"" + key + "\"");
        return GgufType.of(id)
                .orElseThrow(() -> malformed(
                        file, "the key \"%s\" has the unknown type %s".formatted(key, Integer.toUnsignedString(id))));
    }

    private GgufValue readValue(GgufType type, String key, int depth) {
        return switch (type) {
            case UINT8 -> new GgufValue.Whole(type, bytes.get(Blocks.BYTE, take(1, key)) & 0xff);
            case INT8 -> new GgufValue.Whole(type, bytes.get(Blocks.BYTE, take(1, key)));
            case UINT16 -> new GgufValue.Whole(type, bytes.get(Blocks.SHORT, take(2, key)) & 0xffff);
            case INT16 -> new GgufValue.Whole(type, bytes.get(Blocks.SHORT, take(2, key)));
            case UINT32 -> new GgufValue.Whole(type, readInt(key) & 0xffffffffL);
            case INT32 -> new GgufValue.Whole(type, readInt(key));
            case UINT64, INT64 -> new GgufValue.Whole(type, readLong(key));
            case FLOAT32 -> new GgufValue.Real(type, bytes.get(Blocks.FLOAT, take(4, key)));
            case FLOAT64 -> new GgufValue.Real(type, bytes.get(Blocks.DOUBLE, take(8, key)));
            case BOOL -> new GgufValue.Truth(bytes.get(Blocks.BYTE, take(1, key)) != 0);
            case STRING -> new GgufValue.Text(readText(key));
            case ARRAY -> readArray(key, depth);
        };
    }

    private GgufValue readArray(String key, int depth) {
        if (depth >= DEEPEST_ARRAY) {
            throw malformed(file, "the key \"%s\" nests arrays too deeply".formatted(key));
        }
        GgufType elementType = readType(key);
        long count = readCount("the length of \"" + key + "\"", elementType.leastBytes());
        List<GgufValue> values = new ArrayList<>(Math.toIntExact(count));
        for (long i = 0; i < count; i++) {
            values.add(readValue(elementType, key, depth + 1));
        }
        return new GgufValue.Many(elementType, values);
    }

    private String readText(String what) {
        long length = readCount("the length of " + what, 1);
        byte[] text = bytes.asSlice(take(length, what), length).toArray(Blocks.BYTE);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(text))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed(file, what + " is not UTF-8").because(e);
        }
    }

    /** Reads a count of things of at least so many bytes each, which must fit into what is left of the file. */
    private long readCount(String what, int leastBytes) {
        long count = readLong(what);
        if (count < 0 || count > (bytes.byteSize() - position) / leastBytes || count > Integer.MAX_VALUE - 8) {
            throw malformed(
                    file, "%s is %s, more than the file has room for".formatted(what, Long.toUnsignedString(count)));
        }
        return count;
    }

    private int readInt(String what) {
        return bytes.get(Blocks.INT, take(4, what));
    }

    private long readLong(String what) {
        return bytes.get(Blocks.LONG, take(8, what));
    }

    private long take(long size, String what) {
        if (size > bytes.byteSize() - position) {
            throw malformed(file, "it ends within " + what);
        }
        position += size;
        return position - size;
    }

    static CodedException malformed(String file, String what) {
        return CodedException.user(
                        "gguf_malformed",
                        "%s is not a whole GGUF file: %s.".formatted(file, what),
                        "Download or copy the file again.")
                .with("file", file);
    }

    @Override
    public void close() {
        arena.close();
    }
}
