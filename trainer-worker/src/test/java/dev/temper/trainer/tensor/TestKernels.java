package dev.temper.trainer.tensor;

/** Kernels on one thread of the processor, loaded once for all tests; the machine is shared. */
public final class TestKernels {
    private static final class Holder {
        static final Kernels KERNELS = Kernels.open(Device.CPU, 1);
    }

    private TestKernels() {}

    /** Not to be closed. */
    public static Kernels cpu() {
        return Holder.KERNELS;
    }
}
