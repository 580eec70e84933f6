package dev.temper.trainer.export;

import dev.temper.contract.CodedException;
import dev.temper.model.weights.BaseModel;
import dev.temper.model.weights.ElementType;
import dev.temper.model.weights.GgufExport;
import dev.temper.model.weights.HuggingFaceExport;
import dev.temper.model.weights.MergedWeights;
import dev.temper.model.weights.ModelCard;
import dev.temper.model.weights.ModelWeights;
import dev.temper.model.weights.PeftFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Makes one model on disk out of another. The target is whole or not there; weights pass through piece by piece. */
public final class ModelExport {
    private final Optional<ModelCard> card;

    /** @param card what is told about the model, in folders */
    public ModelExport(Optional<ModelCard> card) {
        this.card = card;
    }

    /** Folds a LoRA, rsLoRA or DoRA adapter into its base model. */
    public void merge(Path base, Path adapter, Path target, Optional<String> type) {
        refuseOverwriting(target, base);
        refuseOverwriting(target, adapter);
        try (BaseModel model = BaseModel.open(base);
                PeftFolder folder = PeftFolder.open(adapter)) {
            write(model, new MergedWeights(model, folder), target, type);
        }
    }

    /** Writes a model in the other format, or with numbers of another type. */
    public void convert(Path source, Path target, Optional<String> type) {
        refuseOverwriting(target, source);
        try (BaseModel model = BaseModel.open(source)) {
            write(model, ModelWeights.of(model), target, type);
        }
    }

    private void write(BaseModel model, ModelWeights weights, Path target, Optional<String> typeName) {
        switch (ExportFormat.of(target, typeName, storedType(model))) {
            case ExportFormat.HuggingFace(ElementType type, long shardBytes) ->
                new HuggingFaceExport(model, weights, type, shardBytes, card).write(target);
            case ExportFormat.Gguf(ElementType type) ->
                new GgufExport(model, weights, type, name(target)).write(target);
        }
    }

    private static ElementType storedType(BaseModel model) {
        return switch (model.config().storedType()) {
            case "float16" -> ElementType.F16;
            case "bfloat16" -> ElementType.BF16;
            default -> ElementType.F32;
        };
    }

    private static String name(Path target) {
        String file = String.valueOf(target.getFileName());
        return file.endsWith(".gguf") ? file.substring(0, file.length() - ".gguf".length()) : file;
    }

    private static void refuseOverwriting(Path target, Path source) {
        try {
            if (Files.exists(target) && Files.isSameFile(target, source)) {
                throw CodedException.user(
                        "output_is_input",
                        "%s would be written over itself.".formatted(target),
                        "Name another target.");
            }
        } catch (IOException e) {
            throw CodedException.user(
                            "output_unwritable",
                            "%s cannot be looked at (%s).".formatted(target, e.getMessage()),
                            "Name another target.")
                    .because(e);
        }
    }
}
