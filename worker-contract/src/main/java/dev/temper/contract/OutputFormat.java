package dev.temper.contract;

import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.annotation.EnumNaming;

/** What a finished run writes. */
@EnumNaming(EnumNamingStrategies.SnakeCaseStrategy.class)
public enum OutputFormat {
    /** What was trained, in the form its method has: a PEFT adapter folder, or a model folder. */
    TRAINED,
    /** The whole model as a Hugging Face folder, adapters merged in. */
    MERGED,
    GGUF_F32,
    GGUF_F16,
    GGUF_Q8_0,
    GGUF_Q4_0
}
