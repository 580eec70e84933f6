package dev.temper.trainer.tensor;

import dev.temper.contract.CodedException;

/** What kernels run on: the processor, or one graphics card. */
public record Device(Kind kind, int index) {
    /** What it is. */
    public enum Kind {
        CPU,
        CUDA
    }

    public static final Device CPU = new Device(Kind.CPU, 0);

    /** Reads {@code cpu}, {@code cuda}, {@code cuda:n}, or {@code auto}: the first card if there is one. */
    public static Device parse(String name) {
        if (name.equals("auto")) {
            return NativeLibrary.cards() > 0 ? new Device(Kind.CUDA, 0) : CPU;
        }
        if (name.equals("cpu")) {
            return CPU;
        }
        if (name.matches("cuda(:\\d{1,3})?")) {
            return new Device(Kind.CUDA, name.length() > 5 ? Integer.parseInt(name.substring(5)) : 0);
        }
        throw CodedException.user(
                "device_unknown", "There is no device \"" + name + "\".", "Give auto, cpu, cuda or cuda:n.");
    }

    public boolean isCuda() {
        return kind == Kind.CUDA;
    }

    /** Its name in PyTorch's spelling. */
    @Override
    public String toString() {
        return isCuda() ? "cuda:" + index : "cpu";
    }
}
