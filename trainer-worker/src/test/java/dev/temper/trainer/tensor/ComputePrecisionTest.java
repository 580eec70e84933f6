package dev.temper.trainer.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.temper.contract.CodedException;
import dev.temper.contract.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComputePrecisionTest {
    private static final Device CARD = new Device(Device.Kind.CUDA, 0);

    @Test
    void asksTheProcessorForFastBfloat16(@TempDir Path folder) throws IOException {
        Path with = Files.writeString(folder.resolve("with"), "flags\t\t: fpu amx_bf16 avx512_fp16\n");
        Path without = Files.writeString(folder.resolve("without"), "flags\t\t: fpu avx512f avx512_bf16\n");
        assertThat(ComputePrecision.hasFastBfloat16(with)).isTrue();
        assertThat(ComputePrecision.hasFastBfloat16(without)).isFalse();
        assertThat(ComputePrecision.hasFastBfloat16(folder.resolve("absent"))).isFalse();
    }

    @Test
    void followsTheDeviceUnlessToldOtherwise() {
        assertThat(ComputePrecision.choose(Precision.AUTO, Device.CPU, true)).isEqualTo(DType.BFLOAT16);
        assertThat(ComputePrecision.choose(Precision.AUTO, Device.CPU, false)).isEqualTo(DType.FLOAT32);
        assertThat(ComputePrecision.choose(Precision.FP32, CARD, true)).isEqualTo(DType.FLOAT32);
        assertThat(ComputePrecision.choose(Precision.FP16, CARD, true)).isEqualTo(DType.FLOAT16);
    }

    @Test
    void refusesFp16OnAProcessor() {
        assertThatThrownBy(() -> ComputePrecision.choose(Precision.FP16, Device.CPU))
                .isInstanceOfSatisfying(
                        CodedException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo("precision_unsupported"));
    }

    @Test
    void namesDevices() {
        assertThat(Device.parse("cpu")).isEqualTo(Device.CPU);
        assertThat(Device.parse("cuda")).isEqualTo(CARD).hasToString("cuda:0");
        assertThat(Device.parse("cuda:12").index()).isEqualTo(12);
        assertThatThrownBy(() -> Device.parse("gpu")).isInstanceOf(CodedException.class);
    }

    /** With the CPU's library, or without a card of that number: either way the user learns what to do. */
    @Test
    void refusesACardThatIsNotThere() {
        assertThatThrownBy(() -> Kernels.open(new Device(Device.Kind.CUDA, 99), 0))
                .isInstanceOfSatisfying(CodedException.class, refusal -> {
                    assertThat(refusal.code()).isIn("cuda_library_missing", "device_missing");
                    assertThat(refusal.remedy()).isNotBlank();
                });
    }
}
