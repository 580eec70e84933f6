package dev.temper.trainer.tensor;

import ai.djl.pytorch.jni.IValue;

/** Tensors in order, as one argument of a kernel. It keeps its tensors alive by itself. */
public final class TensorList extends Value {
    TensorList(IValue handle) {
        super(handle);
    }
}
