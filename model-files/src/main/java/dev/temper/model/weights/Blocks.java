package dev.temper.model.weights;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Numbers to bytes and back. */
final class Blocks {
    static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;

    private Blocks() {}

    /** Reads {@code count} numbers of {@code type} from {@code offset} of {@code source}. */
    static void decode(ElementType type, MemorySegment source, long offset, float[] numbers, int count) {
        switch (type) {
            case F32 -> MemorySegment.copy(source, FLOAT, offset, numbers, 0, count);
            case F64 -> {
                for (int i = 0; i < count; i++) {
                    numbers[i] = (float) source.get(DOUBLE, offset + 8L * i);
                }
            }
            case F16 -> {
                for (int i = 0; i < count; i++) {
                    numbers[i] = Float.float16ToFloat(source.get(SHORT, offset + 2L * i));
                }
            }
            case BF16 -> {
                for (int i = 0; i < count; i++) {
                    numbers[i] = Float.intBitsToFloat(source.get(SHORT, offset + 2L * i) << 16);
                }
            }
            case I64, I32, I16, I8, U8, BOOL -> throw new IllegalArgumentException(type + " does not hold floats");
            default ->
                Dequantiser.decode(
                        type, source.asSlice(offset, type.bytes(count)).toArray(BYTE), numbers, count);
        }
    }

    /** Writes numbers of any type that can be written; quantised ones in whole blocks. */
    static void encode(ElementType type, float[] numbers, int from, int count, MemorySegment target, long offset) {
        if (type.isQuantised()) {
            Quantiser.encode(type, numbers, from, count, target, offset);
        } else {
            encodePlain(type, numbers, from, count, target, offset);
        }
    }

    /** Writes plain numbers: F32, F16 or BF16. */
    private static void encodePlain(
            ElementType type, float[] numbers, int from, int count, MemorySegment target, long offset) {
        switch (type) {
            case F32 -> MemorySegment.copy(numbers, from, target, FLOAT, offset, count);
            case F16 -> {
                for (int i = 0; i < count; i++) {
                    target.set(SHORT, offset + 2L * i, Float.floatToFloat16(numbers[from + i]));
                }
            }
            case BF16 -> {
                for (int i = 0; i < count; i++) {
                    target.set(SHORT, offset + 2L * i, toBfloat16(numbers[from + i]));
                }
            }
            default -> throw new IllegalArgumentException("not a plain floating type: " + type);
        }
    }

    /** Rounded to the nearest even; a NaN stays one. */
    static short toBfloat16(float number) {
        int bits = Float.floatToRawIntBits(number);
        if (Float.isNaN(number)) {
            return (short) ((bits >>> 16) | 0x40);
        }
        return (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
    }
}
