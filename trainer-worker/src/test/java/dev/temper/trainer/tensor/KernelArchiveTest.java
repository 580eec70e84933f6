package dev.temper.trainer.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class KernelArchiveTest {
    private static final String TWICE = "# kernel\ndef twice(x: int) -> int:\n  return doubled(x)\n";
    private static final String DOUBLED = "def doubled(x: int) -> int:\n  return x + x\n";

    /** Kernels call functions by their plain names, whatever file they are in. */
    @Test
    void kernelsSeeEachOther() {
        try (Kernels kernels = Kernels.open(Device.CPU, 1, KernelArchive.build(TWICE + DOUBLED))) {
            assertThat(kernels.integer("twice", 21)).isEqualTo(42);
        }
    }

    @Test
    void withoutOneDnnNothingIsPacked() {
        try (Kernels with = Kernels.open(Device.CPU, 1);
                Kernels without = Kernels.open(Device.CPU, 1, KernelArchive.buildWithoutPacking())) {
            assertThat(with.pack()).isTrue();
            assertThat(without.pack()).isFalse();
        }
    }

    /** What tells a libtorch without oneDNN from a mistake in the kernels. */
    @Test
    void anOperationThatIsNotThereIsNamed() {
        byte[] archive = KernelArchive.build("# kernel\ndef none(x: int) -> int:\n  return ops.mkldnn._nothing(x)\n");
        assertThatThrownBy(() -> Kernels.open(Device.CPU, 1, archive)).hasMessageContaining("mkldnn::_nothing");
    }

    @Test
    void twoOfOneNameAreRefusedByName() {
        assertThatThrownBy(() -> KernelArchive.build(DOUBLED + TWICE + DOUBLED)).hasMessageContaining("doubled");
    }
}
