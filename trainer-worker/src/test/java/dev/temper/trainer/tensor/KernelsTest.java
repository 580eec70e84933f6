package dev.temper.trainer.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.temper.contract.CodedException;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KernelsTest {
    private final Kernels kernels = TestKernels.cpu();

    /** What Java made stays, whatever the garbage collector does to the buffer it was made from. */
    @Test
    void tensorsOutliveTheirBuffers() {
        try (Scope scope = new Scope()) {
            List<Tensor> tensors = IntStream.range(0, 50)
                    .mapToObj(i -> scope.own(kernels.integers(i, i + 1, i + 2)))
                    .toList();
            for (int round = 0; round < 3; round++) {
                System.gc();
                kernels.integers(new long[100_000]).close();
            }
            for (int i = 0; i < tensors.size(); i++) {
                assertThat(tensors.get(i).toFloats()).containsExactly(i, i + 1, i + 2);
            }
        }
    }

    @Test
    void memoryIsTheTensorsOwn() {
        try (Tensor tensor = kernels.zeros(DType.FLOAT32, 2, 3);
                Tensor row = tensor.rows(1, 2)) {
            row.memory().setAtIndex(ValueLayout.JAVA_FLOAT, 2, 7f);
            assertThat(tensor.toFloats()).containsExactly(0, 0, 0, 0, 0, 7);
            assertThat(tensor.shape()).containsExactly(2, 3);
            assertThat(tensor).hasToString("FLOAT32[2, 3]");
        }
    }

    @Test
    void sameSeedSameNumbers() {
        try (Tensor like = kernels.zeros(DType.FLOAT32, 1_000);
                Tensor one = kernels.tensor("uniform", like, -2.0, 3.0, 5L);
                Tensor again = kernels.tensor("uniform", like, -2.0, 3.0, 5L);
                Tensor other = kernels.tensor("uniform", like, -2.0, 3.0, 6L)) {
            assertThat(one.toFloats()).containsExactly(again.toFloats()).isNotEqualTo(other.toFloats());
            double mean = 0;
            for (float number : one.toFloats()) {
                assertThat(number).isBetween(-2f, 3f);
                mean += number / 1_000;
            }
            assertThat(mean).isCloseTo(0.5, within(0.2));
        }
    }

    /** Of the four that are drawn with one number, none is dropped more often than the others. */
    @Test
    void dropAShareEvenly() {
        try (Tensor like = kernels.zeros(DType.BFLOAT16, 1_001, 101);
                Tensor one = kernels.tensor("kept", like, 0.3, 5L);
                Tensor again = kernels.tensor("kept", like, 0.3, 5L);
                Tensor other = kernels.tensor("kept", like, 0.3, 6L)) {
            float[] kept = one.toFloats();
            assertThat(kept).containsExactly(again.toFloats()).isNotEqualTo(other.toFloats());
            assertThat(one.shape()).containsExactly(1_001, 101);
            int quarter = kept.length / 4;
            for (int first = 0; first < 4 * quarter; first += quarter) {
                double share = IntStream.range(first, first + quarter)
                        .mapToDouble(i -> kept[i])
                        .average()
                        .orElseThrow();
                assertThat(share).isCloseTo(0.7, within(0.01));
            }
        }
    }

    @Test
    void sayWhichKernelFailed() {
        try (Tensor one = kernels.zeros(DType.FLOAT32, 2);
                Tensor other = kernels.zeros(DType.FLOAT32, 3)) {
            assertThatThrownBy(() -> one.assign(other)).isInstanceOfSatisfying(CodedException.class, failure -> {
                assertThat(failure.code()).isEqualTo("kernel_failed");
                assertThat(failure.details()).containsEntry("kernel", "assign");
            });
        }
    }

    @Test
    void callMissingMemoryByItsName() {
        assertThatThrownBy(() -> kernels.empty(DType.FLOAT32, 1L << 46).close())
                .isInstanceOfSatisfying(CodedException.class, failure -> {
                    assertThat(failure.code()).isEqualTo("out_of_memory");
                    assertThat(failure.category()).isEqualTo(CodedException.Category.RESOURCES);
                });
    }
}
