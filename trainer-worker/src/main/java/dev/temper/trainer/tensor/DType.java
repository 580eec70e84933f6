package dev.temper.trainer.tensor;

import java.util.Arrays;

/** The type of a tensor's numbers, with PyTorch's code for it and the bytes each takes. */
public enum DType {
    UINT8(0, 1),
    INT32(3, 4),
    INT64(4, 8),
    FLOAT16(5, 2),
    FLOAT32(6, 4),
    FLOAT64(7, 8),
    BFLOAT16(15, 2);

    private final int code;
    private final int bytes;

    DType(int code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    /** What kernels know it by. */
    public int code() {
        return code;
    }

    public int bytes() {
        return bytes;
    }

    static DType ofCode(long code) {
        return Arrays.stream(values())
                .filter(type -> type.code == code)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no type has the code " + code));
    }
}
