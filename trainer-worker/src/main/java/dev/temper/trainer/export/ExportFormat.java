package dev.temper.trainer.export;

import dev.temper.contract.CodedException;
import dev.temper.model.weights.ElementType;
import dev.temper.model.weights.HuggingFaceExport;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What is written: the kind of file and how numbers are stored in it. */
public sealed interface ExportFormat {
    ElementType type();

    /**
     * A Hugging Face folder.
     *
     * @param shardBytes where a new shard begins
     */
    record HuggingFace(ElementType type, long shardBytes) implements ExportFormat {}

    /** One GGUF file; {@code type} is that of its matrices. */
    record Gguf(ElementType type) implements ExportFormat {}

    /**
     * The format a target's name and a type's name mean: a GGUF file where the name ends so, else a folder.
     *
     * @param typeName such as {@code f16}, {@code bf16} or {@code q8_0}, in any case
     * @param byDefault the type of a folder where none is named; a GGUF file is F16 then
     */
    static ExportFormat of(Path target, Optional<String> typeName, ElementType byDefault) {
        Optional<ElementType> type = typeName.map(ExportFormat::type);
        return target.toString().endsWith(".gguf")
                ? new Gguf(type.orElse(ElementType.F16))
                : new HuggingFace(type.orElse(byDefault), HuggingFaceExport.SHARD_BYTES);
    }

    private static ElementType type(String name) {
        String spelled = switch (name.toLowerCase(Locale.ROOT)) {
            case "float32" -> "F32";
            case "float16" -> "F16";
            case "bfloat16" -> "BF16";
            default -> name.toUpperCase(Locale.ROOT);
        };
        return Arrays.stream(ElementType.values())
                .filter(type -> type.name().equals(spelled))
                .findFirst()
                .orElseThrow(() -> CodedException.user(
                        "export_type_unknown",
                        "There is no type \"%s\" of weights.".formatted(name),
                        "Choose f32, f16 or bf16; for a .gguf file also q8_0, q5_1, q5_0, q4_1 or q4_0."));
    }
}
