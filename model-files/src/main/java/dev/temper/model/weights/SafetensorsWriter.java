package dev.temper.model.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes safetensors files, byte for byte as the reference implementation lays them out. */
public final class SafetensorsWriter {
    /** What transformers asks for in the header. */
    public static final Map<String, String> PYTORCH = Map.of("format", "pt");

    private SafetensorsWriter() {}

    /** The reference's order of types: wide ones first, so that all tensors are aligned. */
    private static final List<ElementType> TYPES = List.of(
            ElementType.I64,
            ElementType.F64,
            ElementType.F32,
            ElementType.I32,
            ElementType.BF16,
            ElementType.F16,
            ElementType.I16,
            ElementType.I8,
            ElementType.U8,
            ElementType.BOOL);

    private static final Comparator<TensorData> ORDER = Comparator.comparingInt(
                    (TensorData tensor) -> TYPES.indexOf(tensor.type()))
            .thenComparing(TensorData::name);

    /** Writes the file where it is asked to be; renaming it into place is the caller's. */
    public static void write(Path file, Map<String, String> metadata, Collection<? extends TensorData> tensors)
            throws IOException {
        List<TensorData> ordered = new ArrayList<>(tensors);
        ordered.sort(ORDER);
        byte[] header = header(metadata, ordered);
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            FileSink sink = new FileSink(channel);
            sink.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, header.length));
            sink.write(ByteBuffer.wrap(header));
            for (TensorData tensor : ordered) {
                long before = sink.written();
                tensor.writeTo(sink);
                long expected = tensor.type().bytes(tensor.shape().elements());
                if (sink.written() - before != expected) {
                    throw new IllegalStateException(
                            "%s gave %d bytes, not %d".formatted(tensor.name(), sink.written() - before, expected));
                }
            }
        }
    }

    private static byte[] header(Map<String, String> metadata, List<TensorData> tensors) {
        ObjectNode header = JsonMapper.shared().createObjectNode();
        if (!metadata.isEmpty()) {
            ObjectNode node = header.putObject("__metadata__");
            metadata.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(entry -> node.put(entry.getKey(), entry.getValue()));
        }
        long offset = 0;
        for (TensorData tensor : tensors) {
            if (tensor.type().safetensorsName().isEmpty()) {
                throw new IllegalArgumentException(tensor.type() + " has no place in a safetensors file");
            }
            if (header.has(tensor.name())) {
                throw new IllegalArgumentException(tensor.name() + " is there twice");
            }
            ObjectNode node = header.putObject(tensor.name());
            node.put("dtype", tensor.type().safetensorsName());
            var shape = node.putArray("shape");
            tensor.shape().sizes().forEach(shape::add);
            long end = offset + tensor.type().bytes(tensor.shape().elements());
            node.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        byte[] json = JsonMapper.shared().writeValueAsBytes(header);
        byte[] padded = new byte[(json.length + 7) / 8 * 8];
        java.util.Arrays.fill(padded, (byte) ' ');
        System.arraycopy(json, 0, padded, 0, json.length);
        return padded;
    }
}
