package dev.temper.trainer.tensor;

import ai.djl.pytorch.jni.IValue;

/** Tensors by name, as one argument or result of a kernel. It keeps its tensors alive by itself. */
public final class TensorMap extends Value {
    TensorMap(IValue handle) {
        super(handle);
    }
}
