package dev.temper.trainer.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Plainly written kernels in the same archive as the real ones. Those that need autograd are run here, in a call that
 * keeps a graph, on arrays that were not made in inference mode.
 */
final class Reference implements AutoCloseable {
    /** Numbers with their sizes. */
    @SuppressWarnings("ArrayRecordComponent")
    record Numbers(float[] values, long... shape) {}

    private final PtNDManager manager;
    private final PtSymbolBlock block;

    Reference() {
        NativeLibrary.load();
        // Optimised graphs lose the gradients that are asked for inside of them.
        JniUtils.setGraphExecutorOptimize(false);
        manager = (PtNDManager) NDManager.newBaseManager(ai.djl.Device.cpu(), "PyTorch");
        try {
            block = JniUtils.loadModule(manager, new ByteArrayInputStream(archive()), false, false);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** All kernels and the plain ones. */
    static byte[] archive() {
        try (InputStream in = Reference.class.getResourceAsStream("reference.torchscript")) {
            return KernelArchive.build(KernelArchive.source() + new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * Calls a plain kernel whose arguments are tensors, or dictionaries of them: those whose name has a dot, the part
     * before it being the argument's.
     */
    Map<String, float[]> call(String kernel, Map<String, Object> arguments) {
        try (NDManager call = manager.newSubManager()) {
            NDList inputs = new NDList();
            arguments.forEach((name, value) -> {
                NDArray array = switch (value) {
                    case Numbers numbers -> call.create(numbers.values(), new Shape(numbers.shape()));
                    case long[] ids -> call.create(ids);
                    default -> throw new IllegalArgumentException(name);
                };
                array.setName(name);
                inputs.add(array);
            });
            NDArray method = call.create(0f);
            method.setName("module_method:" + kernel);
            inputs.add(method);
            Map<String, float[]> results = new LinkedHashMap<>();
            for (NDArray result : IValueUtils.forward(block, inputs, true)) {
                results.put(result.getName(), result.toFloatArray());
            }
            return results;
        }
    }

    @Override
    public void close() {
        block.close();
        manager.close();
    }
}
