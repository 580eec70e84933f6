package dev.temper.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.temper.contract.CodedException;
import dev.temper.model.Goldens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HuggingFaceFolderTest {
    @TempDir
    Path folder;

    @Test
    void everyModelOfTheFixturesIsComplete() throws IOException {
        try (var models = Files.list(Goldens.path("models"))) {
            for (Path model : models.toList()) {
                try (HuggingFaceFolder opened = HuggingFaceFolder.open(model)) {
                    assertThat(opened.unused()).as(model.toString()).isEmpty();
                    assertThat(opened.get(WeightLayout.EMBEDDING).region()).isPresent();
                }
            }
        }
    }

    @Test
    void aMissingWeightIsNamed() throws IOException {
        copyModel("llama");
        rename("model.layers.1.mlp.up_proj.weight", "model.layers.1.mlp.up_proj.extra!");
        refused("weight_missing", "model.layers.1.mlp.up_proj.weight");
    }

    @Test
    void aMisshapenWeightIsNamed() throws IOException {
        copyModel("llama");
        rename("\"vocab_size\": ", "config.json", "\"vocab_size\": 9");
        refused("weight_misshapen", WeightLayout.EMBEDDING);
    }

    @Test
    void weightsNobodyUsesAreReported() throws IOException {
        copyModel("llama");
        rename("\"tie_word_embeddings\": false", "config.json", "\"tie_word_embeddings\": true");
        try (HuggingFaceFolder opened = HuggingFaceFolder.open(folder)) {
            assertThat(opened.unused()).isEqualTo(List.of(WeightLayout.HEAD));
        }
    }

    @Test
    void aMissingShardIsNamed() throws IOException {
        copyModel("qwen2-sharded");
        Files.delete(folder.resolve("model-00002-of-00005.safetensors"));
        refused("weights_missing", "model-00002-of-00005.safetensors");
    }

    @Test
    void anIndexMayNotPointOutOfItsFolder() throws IOException {
        copyModel("qwen2-sharded");
        Files.writeString(
                folder.resolve("model.safetensors.index.json"),
                "{\"weight_map\": {\"model.norm.weight\": \"../../secret.safetensors\"}}");
        refused("weights_index_invalid", "../../secret.safetensors");
    }

    @Test
    void picklesAreRefused() throws IOException {
        copyModel("llama");
        Files.move(folder.resolve("model.safetensors"), folder.resolve("pytorch_model.bin"));
        refused("weights_are_pickled", "pickle");
    }

    private void refused(String code, String named) {
        assertThatThrownBy(() -> HuggingFaceFolder.open(folder)).isInstanceOfSatisfying(CodedException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e).hasMessageContaining(named);
        });
    }

    private void copyModel(String name) throws IOException {
        try (var files = Files.list(Goldens.path("models/" + name))) {
            for (Path file : files.toList()) {
                Files.write(folder.resolve(file.getFileName().toString()), Files.readAllBytes(file));
            }
        }
    }

    private void rename(String from, String to) throws IOException {
        rename(from, "model.safetensors", to);
    }

    private void rename(String from, String file, String to) throws IOException {
        String content = Files.readString(folder.resolve(file), StandardCharsets.ISO_8859_1);
        assertThat(content).contains(from);
        Files.writeString(folder.resolve(file), content.replace(from, to), StandardCharsets.ISO_8859_1);
    }
}
