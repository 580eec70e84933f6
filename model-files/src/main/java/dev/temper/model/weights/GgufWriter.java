package dev.temper.model.weights;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/** Writes a GGUF file of version 3. */
final class GgufWriter {
    private final ByteArrayOutputStream header = new ByteArrayOutputStream();

    private GgufWriter() {}

    static void write(Path file, Map<String, GgufValue> metadata, List<TensorData> tensors) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            FileSink sink = new FileSink(channel);
            sink.write(ByteBuffer.wrap(new GgufWriter().header(metadata, tensors)));
            sink.align(GgufFile.DEFAULT_ALIGNMENT);
            for (TensorData tensor : tensors) {
                tensor.writeTo(sink);
                sink.align(GgufFile.DEFAULT_ALIGNMENT);
            }
        }
    }

    private byte[] header(Map<String, GgufValue> metadata, List<TensorData> tensors) {
        putInt(GgufFile.MAGIC);
        putInt(3);
        putLong(tensors.size());
        putLong(metadata.size());
        metadata.forEach((key, value) -> {
            putText(key);
            putInt(value.type().id());
            put(value);
        });
        long offset = 0;
        for (TensorData tensor : tensors) {
            putText(tensor.name());
            List<Long> sizes = tensor.shape().sizes().reversed();
            putInt(sizes.size());
            sizes.forEach(this::putLong);
            putInt(tensor.type().ggmlId());
            putLong(offset);
            long size = tensor.type().bytes(tensor.shape().elements());
            offset += (size + GgufFile.DEFAULT_ALIGNMENT - 1) / GgufFile.DEFAULT_ALIGNMENT * GgufFile.DEFAULT_ALIGNMENT;
        }
        return header.toByteArray();
    }

    private void put(GgufValue value) {
        switch (value) {
            case GgufValue.Whole(GgufType type, long number) -> put(number, type.leastBytes());
            case GgufValue.Real(GgufType type, double number) -> {
                if (type == GgufType.FLOAT32) {
                    putInt(Float.floatToIntBits((float) number));
                } else {
                    putLong(Double.doubleToLongBits(number));
                }
            }
            case GgufValue.Truth(boolean truth) -> header.write(truth ? 1 : 0);
            case GgufValue.Text(String text) -> putText(text);
            case GgufValue.Many(GgufType elementType, List<GgufValue> values) -> {
                putInt(elementType.id());
                putLong(values.size());
                values.forEach(this::put);
            }
        }
    }

    private void putText(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        putLong(bytes.length);
        header.writeBytes(bytes);
    }

    private void putInt(int value) {
        put(value, 4);
    }

    private void putLong(long value) {
        put(value, 8);
    }

    private void put(long value, int bytes) {
        header.write(
                ByteBuffer.allocate(8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(value)
                        .array(),
                0,
                bytes);
    }
}
