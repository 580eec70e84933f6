package dev.temper.model;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The decoder architectures that can be trained, with the names Hugging Face and llama.cpp know them by. */
public enum DecoderFamily {
    LLAMA("llama", "LlamaForCausalLM", "llama"),
    MISTRAL("mistral", "MistralForCausalLM", "llama"),
    QWEN2("qwen2", "Qwen2ForCausalLM", "qwen2"),
    QWEN3("qwen3", "Qwen3ForCausalLM", "qwen3"),
    GEMMA3("gemma3_text", "Gemma3ForCausalLM", "gemma3");

    private final String modelType;
    private final String architecture;
    private final String ggufArchitecture;

    DecoderFamily(String modelType, String architecture, String ggufArchitecture) {
        this.modelType = modelType;
        this.architecture = architecture;
        this.ggufArchitecture = ggufArchitecture;
    }

    /** {@code model_type} of {@code config.json}. */
    public String modelType() {
        return modelType;
    }

    /** The entry of {@code architectures} in {@code config.json}. */
    public String architecture() {
        return architecture;
    }

    /** {@code general.architecture} of a GGUF file; llama.cpp runs Mistral as llama. */
    public String ggufArchitecture() {
        return ggufArchitecture;
    }

    public static Optional<DecoderFamily> ofModelType(String modelType) {
        return Arrays.stream(values())
                .filter(family -> family.modelType.equals(modelType))
                .findFirst();
    }

    public static Optional<DecoderFamily> ofGgufArchitecture(String architecture) {
        return Arrays.stream(values())
                .filter(family -> family.ggufArchitecture.equals(architecture))
                .findFirst();
    }

    /** What may be used, for messages. */
    public static String supported() {
        return Arrays.stream(values()).map(DecoderFamily::modelType).collect(Collectors.joining(", "));
    }
}
