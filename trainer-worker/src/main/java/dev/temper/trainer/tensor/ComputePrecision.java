package dev.temper.trainer.tensor;

import dev.temper.contract.CodedException;
import dev.temper.contract.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Decides the type weights and activations are computed in; the machine is asked, never assumed. */
public final class ComputePrecision {
    private ComputePrecision() {}

    /** The type for a wish on a device. */
    public static DType choose(Precision wanted, Device device) {
        return choose(wanted, device, device.isCuda() || hasFastBfloat16(Path.of("/proc/cpuinfo")));
    }

    static DType choose(Precision wanted, Device device, boolean fastBfloat16) {
        return switch (wanted) {
            case AUTO -> fastBfloat16 ? DType.BFLOAT16 : DType.FLOAT32;
            case FP32 -> DType.FLOAT32;
            case BF16 -> DType.BFLOAT16;
            case FP16 -> {
                if (!device.isCuda()) {
                    throw CodedException.user(
                            "precision_unsupported",
                            "fp16 was asked for, and it is neither fast nor safe on a CPU.",
                            "Give precision auto, bf16 or fp32, or a CUDA device.");
                }
                yield DType.FLOAT16;
            }
        };
    }

    /** Whether the processor multiplies bf16 matrices in hardware (AMX), by the flags Linux reports. */
    public static boolean hasFastBfloat16(Path cpuinfo) {
        try {
            return Files.exists(cpuinfo) && Files.readString(cpuinfo).contains(" amx_bf16");
        } catch (IOException unreadable) {
            return false;
        }
    }
}
