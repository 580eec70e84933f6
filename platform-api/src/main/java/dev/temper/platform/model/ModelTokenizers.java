package dev.temper.platform.model;

import dev.temper.contract.CodedException;
import dev.temper.contract.link.FileRef;
import dev.temper.platform.blob.Blobs;
import dev.temper.platform.blob.SharedBlobs;
import dev.temper.platform.dataset.Tokenizers;
import dev.temper.platform.model.BaseModelTable.Kept;
import dev.temper.platform.model.BaseModelTable.Role;
import dev.temper.text.tokenizer.Tokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** The tokenizers of the registry's models; each is opened once, for all models that have the same. */
@Component
class ModelTokenizers implements Tokenizers {
    private static final Set<String> FILES = Set.of(
            "tokenizer.json",
            "tokenizer_config.json",
            "special_tokens_map.json",
            "added_tokens.json",
            "chat_template.jinja");

    private final BaseModelTable table;
    private final BaseModels models;
    private final ModelHome home;
    private final Blobs blobs;
    private final SharedBlobs shared;
    private final Map<List<FileRef>, Tokenizer> open = new ConcurrentHashMap<>();

    ModelTokenizers(BaseModelTable table, BaseModels models, ModelHome home, Blobs blobs, SharedBlobs shared) {
        this.table = table;
        this.models = models;
        this.home = home;
        this.blobs = blobs;
        this.shared = shared;
    }

    @Override
    public List<String> models() {
        return home.reading(
                () -> table.ready().stream().map(model -> model.view().name()).toList());
    }

    private record Found(Kept model, List<FileRef> files) {}

    @Override
    public Tokenizer find(String name) {
        Found found = home.reading(() -> {
            String wanted = name.isEmpty()
                    ? table.ready().stream()
                            .findFirst()
                            .map(first -> first.view().name())
                            .orElseThrow(ModelTokenizers::none)
                    : name;
            Kept model = table.byName(wanted)
                    .filter(there -> there.facts() != null)
                    .orElseThrow(() -> models.unknown(wanted));
            return new Found(model, files(model));
        });
        return open.computeIfAbsent(found.files(), files -> open(found.model(), files));
    }

    private List<FileRef> files(Kept model) {
        return Stream.of(Role.values())
                .flatMap(role -> table.files(model.id(), role).stream())
                .filter(file -> FILES.contains(file.path()))
                .toList();
    }

    private Tokenizer open(Kept model, List<FileRef> files) {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        for (FileRef file : files) {
            try (InputStream in = model.shared() ? shared.open(file.sha256(), 0) : blobs.open(file.sha256(), 0)) {
                contents.put(file.path(), in.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return Inspector.tokenizer(contents, home.staging());
    }

    private static CodedException none() {
        return CodedException.user(
                        "base_model_unknown", "There is no base model here.", "Ask the platform's admin to add one.")
                .with("model", "");
    }
}
