package dev.temper.model.weights;

import dev.temper.model.DecoderConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A whole model on disk, in either format. */
public sealed interface BaseModel extends WeightSource permits HuggingFaceFolder, GgufModel {
    /** Opens a Hugging Face folder or a GGUF file. */
    static BaseModel open(Path path) {
        return Files.isDirectory(path) || !path.toString().endsWith(".gguf")
                ? HuggingFaceFolder.open(path)
                : GgufModel.open(path);
    }

    DecoderConfig config();

    /** Weights the files hold and the model doesn't use. */
    List<String> unused();

    /**
     * The files that are the tokenizer, by name: {@code tokenizer.json}, {@code tokenizer_config.json} and what else
     * belongs to them; made from the metadata where the model is a GGUF file.
     */
    Map<String, byte[]> tokenizerFiles();
}
