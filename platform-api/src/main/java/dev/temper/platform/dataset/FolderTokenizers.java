package dev.temper.platform.dataset;

import dev.temper.contract.CodedException;
import dev.temper.text.tokenizer.Tokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** The tokenizers of the models that lie in the platform's folder of models; each is opened once. */
@Component
@EnableConfigurationProperties(ModelSettings.class)
class FolderTokenizers implements Tokenizers {
    private final Path folder;
    private final Map<String, Tokenizer> open = new ConcurrentHashMap<>();

    FolderTokenizers(ModelSettings settings) {
        this.folder = settings.folder();
    }

    @Override
    public List<String> models() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> models = Files.list(folder)) {
            return models.filter(model -> Files.isRegularFile(model.resolve("tokenizer.json")))
                    .map(model -> model.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Tokenizer find(String model) {
        List<String> there = models();
        String wanted = model.isEmpty() && !there.isEmpty() ? there.getFirst() : model;
        // Only names that are listed, so that a name is never a path.
        if (!there.contains(wanted)) {
            throw CodedException.user(
                            "base_model_unknown",
                            wanted.isEmpty()
                                    ? "There is no base model here."
                                    : "There is no base model " + wanted + ".",
                            there.isEmpty()
                                    ? "Ask the platform's admin to put one into the folder of models."
                                    : "Choose one of " + String.join(", ", there) + ".")
                    .with("model", wanted);
        }
        return open.computeIfAbsent(wanted, name -> Tokenizer.open(folder.resolve(name)));
    }
}
