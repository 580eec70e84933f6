package dev.temper.trainer.tensor;

import ai.djl.pytorch.jni.IValue;

/**
 * Something native that kernels take and give: a tensor, named tensors, or what only kernels look into. Whoever gets
 * one closes it, or gives it to a {@link Scope}; nothing else ever frees it.
 */
public sealed class Value implements AutoCloseable permits Tensor, TensorMap, TensorList {
    private final IValue handle;

    Value(IValue handle) {
        this.handle = handle;
    }

    IValue handle() {
        return handle;
    }

    /** Frees it at once; again is no harm. */
    @Override
    public void close() {
        handle.close();
    }
}
