package dev.temper.trainer.tensor;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A handle on a native tensor: row-major numbers of one type on one device. */
public final class Tensor extends Value {
    private final Kernels kernels;
    private long @Nullable [] shape;
    private @Nullable DType type;

    Tensor(Kernels kernels, IValue handle) {
        super(handle);
        this.kernels = kernels;
    }

    /** Sizes, outermost first. */
    public long[] shape() {
        if (shape == null) {
            try (PtNDArray array = array()) {
                shape = array.getShape().getShape();
            }
        }
        return shape.clone();
    }

    public DType type() {
        if (type == null) {
            type = DType.ofCode(kernels.integer("type_of", this));
        }
        return type;
    }

    public long elements() {
        return Arrays.stream(shape()).reduce(1, (a, b) -> a * b);
    }

    public long bytes() {
        return elements() * type().bytes();
    }

    /** Rows {@code from} to {@code to}, exclusive, over the same memory. */
    public Tensor rows(long from, long to) {
        return kernels.tensor("rows", this, from, to);
    }

    /** Its memory, to be read or written in place while the tensor is open; on the CPU and contiguous only. */
    public MemorySegment memory() {
        try (PtNDArray array = array()) {
            return NativeMemory.of(array.getHandle(), bytes());
        }
    }

    /** Overwrites it with what another tensor holds, whatever its type or device. */
    public void assign(Tensor source) {
        kernels.run("assign", this, source);
    }

    /** All numbers widened to floats, row-major. */
    public float[] toFloats() {
        try (Tensor here = kernels.tensor("to", this, DType.FLOAT32.code(), Device.CPU.toString())) {
            return here.memory().toArray(ValueLayout.JAVA_FLOAT);
        }
    }

    /** All numbers as doubles, row-major. */
    public double[] toDoubles() {
        try (Tensor here = kernels.tensor("to", this, DType.FLOAT64.code(), Device.CPU.toString())) {
            return here.memory().toArray(ValueLayout.JAVA_DOUBLE);
        }
    }

    /** A second handle DJL's own interfaces want; to be closed by the caller. */
    PtNDArray array() {
        return handle().toTensor(kernels.manager());
    }

    @Override
    public String toString() {
        return type() + Arrays.toString(shape());
    }
}
