package dev.temper.platform.dataset;

import dev.temper.contract.CodedException;
import dev.temper.text.tokenizer.Tokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** The tokenizers of the models that lie in the platform's folders of models; each is opened once. */
@Component
@EnableConfigurationProperties(ModelSettings.class)
class FolderTokenizers implements Tokenizers {
    private final List<Path> folders;
    private final Map<Path, Tokenizer> open = new ConcurrentHashMap<>();

    FolderTokenizers(ModelSettings settings) {
        this.folders = settings.included() == null
                ? List.of(settings.folder())
                : List.of(settings.folder(), settings.included());
    }

    @Override
    public List<String> models() {
        return List.copyOf(there().keySet());
    }

    /** By name, those that come with the platform last; a model of one's own takes the place of one of the same name. */
    private Map<String, Path> there() {
        Map<String, Path> there = new LinkedHashMap<>();
        for (Path folder : folders) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> models = Files.list(folder)) {
                    models.filter(model -> Files.isRegularFile(model.resolve("tokenizer.json")))
                            .sorted()
                            .forEach(model ->
                                    there.putIfAbsent(model.getFileName().toString(), model));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return there;
    }

    @Override
    public Tokenizer find(String model) {
        Map<String, Path> there = there();
        String wanted =
                model.isEmpty() && !there.isEmpty() ? there.keySet().iterator().next() : model;
        // Only names that are listed, so that a name is never a path.
        Path folder = there.get(wanted);
        if (folder == null) {
            throw CodedException.user(
                            "base_model_unknown",
                            wanted.isEmpty()
                                    ? "There is no base model here."
                                    : "There is no base model " + wanted + ".",
                            there.isEmpty()
                                    ? "Ask the platform's admin to put one into the folder of models."
                                    : "Choose one of " + String.join(", ", there.keySet()) + ".")
                    .with("model", wanted);
        }
        return open.computeIfAbsent(folder, Tokenizer::open);
    }

    @Override
    public Optional<Path> folder(String model) {
        return Optional.ofNullable(there().get(model));
    }
}
