package dev.temper.benchmarks.trainer;

import dev.temper.trainer.tensor.DType;
import dev.temper.trainer.tensor.Device;
import dev.temper.trainer.tensor.Kernels;
import dev.temper.trainer.tensor.Tensor;

/** What the machine's matrix products reach at this minute. */
final class MatrixPeak {
    private static final int SIZE = 2048;
    private static final int ROUNDS = 10;

    private MatrixPeak() {}

    /** The best of some products of square matrices, in GFLOP/s. */
    static double gigaflops(boolean bf16) {
        DType type = bf16 ? DType.BFLOAT16 : DType.FLOAT32;
        try (Kernels kernels = Kernels.open(Device.CPU, Runtime.getRuntime().availableProcessors());
                Tensor a = kernels.zeros(type, SIZE, SIZE);
                Tensor b = kernels.zeros(type, SIZE, SIZE);
                Tensor product = kernels.zeros(type, SIZE, SIZE)) {
            kernels.run("fill", a, 0.5);
            kernels.run("fill", b, 0.25);
            double best = Double.MAX_VALUE;
            for (int i = 0; i < ROUNDS; i++) {
                long start = System.nanoTime();
                kernels.run("product", product, a, b);
                best = Math.min(best, (System.nanoTime() - start) / 1e9);
            }
            return 2.0 * SIZE * SIZE * SIZE / best / 1e9;
        }
    }
}
