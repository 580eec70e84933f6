package dev.temper.contract;

import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.annotation.EnumNaming;

/** The type that weights and activations are computed in; masters, optimiser state and the loss stay fp32. */
@EnumNaming(EnumNamingStrategies.SnakeCaseStrategy.class)
public enum Precision {
    /** bf16 where the device is fast in it, fp32 elsewhere. */
    AUTO,
    FP32,
    BF16,
    FP16
}
