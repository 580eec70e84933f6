package dev.temper.contract;

import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.annotation.EnumNaming;

/** When something is due that happens again and again. */
@EnumNaming(EnumNamingStrategies.SnakeCaseStrategy.class)
public enum Interval {
    NO,
    STEPS,
    EPOCH
}
