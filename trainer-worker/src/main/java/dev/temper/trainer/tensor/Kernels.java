package dev.temper.trainer.tensor;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import dev.temper.contract.CodedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Calls kernels on one device. A call runs without a graph and without locks on the caller's thread; the threads it
 * computes with are libtorch's own. Arguments are {@link Value}s, numbers, booleans, strings and {@code long[]}.
 */
public final class Kernels implements AutoCloseable {
    private final Device device;
    private final PtNDManager manager;
    private final PtSymbolBlock block;

    private Kernels(Device device, PtNDManager manager, PtSymbolBlock block) {
        this.device = device;
        this.manager = manager;
        this.block = block;
    }

    /** Loads the kernels. {@code threads} is what the whole process computes with; 0 leaves it as it is. */
    public static Kernels open(Device device, int threads) {
        try {
            return open(device, threads, KernelArchive.build());
        } catch (EngineException failure) {
            // What packs weights is oneDNN's, which not every build of libtorch has.
            if (Objects.requireNonNullElse(failure.getMessage(), "").contains("mkldnn::")) {
                return open(device, threads, KernelArchive.buildWithoutPacking());
            }
            throw failure;
        }
    }

    static Kernels open(Device device, int threads, byte[] archive) {
        NativeLibrary.require(device);
        if (threads > 0) {
            JniUtils.setNumThreads(threads);
        }
        PtNDManager manager = (PtNDManager) NDManager.newBaseManager(ai.djl.Device.cpu(), "PyTorch");
        try {
            return new Kernels(
                    device, manager, JniUtils.loadModule(manager, new ByteArrayInputStream(archive), false, false));
        } catch (IOException failure) {
            manager.close();
            throw new UncheckedIOException(failure);
        } catch (EngineException failure) {
            manager.close();
            throw failure;
        }
    }

    public Device device() {
        return device;
    }

    /** Whether weights can be packed for products of few rows. */
    public boolean pack() {
        return !device.isCuda() && truth("packs");
    }

    /** Calls a kernel for its effect. */
    public void run(String kernel, Object... arguments) {
        invoke(kernel, arguments).close();
    }

    /** Calls a kernel that returns one tensor. */
    public Tensor tensor(String kernel, Object... arguments) {
        return new Tensor(this, invoke(kernel, arguments));
    }

    /** Calls a kernel that returns a floating number. */
    public double number(String kernel, Object... arguments) {
        try (IValue result = invoke(kernel, arguments)) {
            return result.toDouble();
        }
    }

    /** Calls a kernel that returns a whole number. */
    public long integer(String kernel, Object... arguments) {
        try (IValue result = invoke(kernel, arguments)) {
            return result.toLong();
        }
    }

    private boolean truth(String kernel, Object... arguments) {
        try (IValue result = invoke(kernel, arguments)) {
            return result.toBoolean();
        }
    }

    /** Calls a kernel that returns something only kernels look into. */
    public Value value(String kernel, Object... arguments) {
        return new Value(invoke(kernel, arguments));
    }

    /** Calls a kernel that returns several values; each is the caller's to close. */
    public List<Value> values(String kernel, Object... arguments) {
        try (IValue result = invoke(kernel, arguments)) {
            List<Value> values = new ArrayList<>();
            for (IValue part : result.toIValueTuple()) {
                values.add(part.isTensor() ? new Tensor(this, part) : new TensorMap(part));
            }
            return values;
        }
    }

    /** A new tensor of undefined content on this device. */
    public Tensor empty(DType type, long... shape) {
        return tensor("empty", shape, type.code(), device.toString());
    }

    /** A new tensor of zeros on this device; its pages are not touched before they are used. */
    public Tensor zeros(DType type, long... shape) {
        return tensor("zeros", shape, type.code(), device.toString());
    }

    /** A new tensor on this device with these whole numbers. */
    public Tensor integers(long... numbers) {
        try (PtNDArray array = (PtNDArray) manager.create(numbers)) {
            return here(array, DType.INT64);
        }
    }

    /** A new tensor on this device with these whole numbers. */
    public Tensor integers(int... numbers) {
        long[] wide = new long[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            wide[i] = numbers[i];
        }
        return integers(wide);
    }

    /** A new 32-bit tensor on this device with these numbers, row-major. */
    public Tensor floats(float[] numbers, long... shape) {
        try (PtNDArray array = (PtNDArray) manager.create(numbers, new Shape(shape))) {
            return here(array, DType.FLOAT32);
        }
    }

    /** A new tensor on this device with the content of {@code memory}. */
    public Tensor copyOf(MemorySegment memory, DType type, long... shape) {
        Tensor filled = tensor("empty", shape, type.code(), Device.CPU.toString());
        filled.memory().copyFrom(memory);
        if (!device.isCuda()) {
            return filled;
        }
        try (filled) {
            return tensor("to", filled, type.code(), device.toString());
        }
    }

    /** A copy, as DJL's array only borrows the memory of a Java buffer that may be collected once it is closed. */
    private Tensor here(PtNDArray borrowed, DType type) {
        try (Tensor tensor = new Tensor(this, IValue.from(borrowed))) {
            return tensor("copied", tensor, type.code(), device.toString());
        }
    }

    /** Tensors under one handle, in the order given. */
    public TensorList list(Collection<Tensor> tensors) {
        PtNDArray[] arrays = tensors.stream().map(Tensor::array).toArray(PtNDArray[]::new);
        try {
            return new TensorList(IValue.listFrom(arrays));
        } finally {
            for (PtNDArray array : arrays) {
                array.close();
            }
        }
    }

    /** Tensors by name under one handle. */
    public TensorMap map(Map<String, Tensor> tensors) {
        Map<String, PtNDArray> arrays = new LinkedHashMap<>();
        if (tensors.isEmpty()) {
            // An empty Java map does not tell DJL what it would hold.
            return new TensorMap(invoke("no_tensors"));
        }
        tensors.forEach((name, tensor) -> arrays.put(name, tensor.array()));
        try {
            return new TensorMap(IValue.stringMapFrom(arrays));
        } finally {
            arrays.values().forEach(PtNDArray::close);
        }
    }

    /** Numbers by name under one handle. */
    public Value numbers(Map<String, Double> numbers) {
        return value(
                "named_numbers",
                String.join(",", numbers.keySet()),
                numbers.values().stream().mapToDouble(Double::doubleValue).toArray());
    }

    PtNDManager manager() {
        return manager;
    }

    private IValue invoke(String kernel, Object... arguments) {
        IValue[] values = new IValue[arguments.length];
        try {
            for (int i = 0; i < arguments.length; i++) {
                values[i] = argument(arguments[i]);
            }
            return IValueUtils.runMethod(block, kernel, values);
        } catch (EngineException | IllegalStateException failure) {
            throw translated(kernel, failure);
        } finally {
            for (int i = 0; i < arguments.length; i++) {
                if (!(arguments[i] instanceof Value) && values[i] != null) {
                    values[i].close();
                }
            }
        }
    }

    private static IValue argument(Object argument) {
        return switch (argument) {
            case Value value -> value.handle();
            case Integer number -> IValue.from(number.longValue());
            case Long number -> IValue.from(number);
            case Double number -> IValue.from(number);
            case Boolean flag -> IValue.from(flag);
            case String text -> IValue.from(text);
            case long[] numbers -> IValue.listFrom(numbers);
            case double[] numbers -> IValue.listFrom(numbers);
            default -> throw new IllegalArgumentException("kernels take no " + argument.getClass());
        };
    }

    private RuntimeException translated(String kernel, RuntimeException failure) {
        String message = Objects.requireNonNullElse(failure.getMessage(), "");
        if (message.contains("out of memory") || message.contains("can't allocate memory")) {
            return CodedException.resources(
                            "out_of_memory",
                            "The memory of " + device + " ran out in " + kernel + ".",
                            "Give fewer tokens per micro-batch, a lower rank or fewer trained layers, let layers be"
                                    + " recomputed, or use a device with more memory.")
                    .with("kernel", kernel)
                    .because(failure);
        }
        return CodedException.internal("kernel_failed", "The kernel " + kernel + " failed: " + firstLine(message), "")
                .with("kernel", kernel)
                .because(failure);
    }

    private static String firstLine(String message) {
        return message.lines()
                .filter(line -> line.contains("Error:") || line.startsWith("RuntimeError"))
                .findFirst()
                .orElse(message.lines().findFirst().orElse("no message"));
    }

    @Override
    public void close() {
        block.close();
        manager.close();
    }
}
