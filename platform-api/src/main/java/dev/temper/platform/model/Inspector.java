package dev.temper.platform.model;

import dev.temper.model.ModelFacts;
import dev.temper.model.weights.BaseModel;
import dev.temper.model.weights.GgufModel;
import dev.temper.model.weights.HuggingFaceFolder;
import dev.temper.text.tokenizer.Tokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.util.FileSystemUtils;

/**
 * Looks at a model before anybody may use it: that its architecture is known, its weights are all there and of the right
 * shapes, and its tokenizer can be read. Weights themselves are not touched.
 */
final class Inspector {
    private Inspector() {}

    /**
     * @param path a Hugging Face folder, or a GGUF file, whatever its name
     * @param work where files may lie for a moment
     * @throws dev.temper.contract.CodedException where it can't be trained here, with why
     */
    static Inspection inspect(Path path, Path work) {
        try (BaseModel model = Files.isDirectory(path) ? HuggingFaceFolder.open(path) : GgufModel.open(path)) {
            Map<String, byte[]> files = model.tokenizerFiles();
            Tokenizer tokenizer = tokenizer(files, work);
            return new Inspection(
                    ModelFacts.of(model),
                    tokenizer.chatTemplate().orElse(null),
                    model instanceof GgufModel ? files : Map.of());
        }
    }

    /** A tokenizer from its files' contents. */
    static Tokenizer tokenizer(Map<String, byte[]> files, Path work) {
        try {
            Files.createDirectories(work);
            Path folder = Files.createTempDirectory(work, "tokenizer");
            try {
                for (Map.Entry<String, byte[]> file : files.entrySet()) {
                    Files.write(folder.resolve(file.getKey()), file.getValue());
                }
                return Tokenizer.open(folder);
            } finally {
                FileSystemUtils.deleteRecursively(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
