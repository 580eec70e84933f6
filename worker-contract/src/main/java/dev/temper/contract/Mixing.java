package dev.temper.contract;

import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.annotation.EnumNaming;

/** How several data sources become one. */
@EnumNaming(EnumNamingStrategies.SnakeCaseStrategy.class)
public enum Mixing {
    /** One after the other, every row once. */
    CONCAT,
    /** Drawn by weight until the first source is used up. */
    INTERLEAVE_UNDER,
    /** Drawn by weight, small sources again and again, until every source is used up. */
    INTERLEAVE_OVER
}
