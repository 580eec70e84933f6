package dev.temper.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.temper.contract.DataSource;
import dev.temper.contract.Defaults;
import dev.temper.contract.MethodSpec;
import dev.temper.contract.RunSpec;
import dev.temper.model.memory.MemoryEstimate;
import dev.temper.model.weights.BaseModel;
import dev.temper.model.weights.ElementType;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ModelFactsTest {
    private static final Path MINI = Path.of("").toAbsolutePath().resolveSibling("models/temper-mini");

    @Test
    void tellsAFolder() {
        ModelFacts mini = facts(MINI);

        assertThat(mini.format()).isEqualTo(ModelFacts.Format.HUGGING_FACE);
        assertThat(mini.config().family()).isEqualTo(DecoderFamily.LLAMA);
        assertThat(mini.parameters())
                .isEqualTo(DecoderModule.all(mini.config()).stream()
                        .mapToLong(DecoderModule::parameters)
                        .sum());
        assertThat(mini.totalBytes()).isEqualTo(mini.parameters() * mini.type().blockBytes());
    }

    @Test
    void tellsAGgufFile() {
        ModelFacts smol = facts(Goldens.model("SmolLM2-135M-Instruct.Q4_1.gguf"));

        assertThat(smol.format()).isEqualTo(ModelFacts.Format.GGUF);
        assertThat(smol.parameters()).isEqualTo(134_515_008);
        assertThat(smol.type()).isEqualTo(ElementType.Q4_1);
        assertThat(smol.config().layers()).isEqualTo(30);
        assertThat(smol.config().maxPositions()).isEqualTo(8192);
    }

    /** What is known of a model is kept as JSON. */
    @Test
    void comesBackFromJsonAsItWas() {
        ModelFacts mini = facts(MINI);
        JsonMapper json = JsonMapper.shared();

        assertThat(json.readValue(json.writeValueAsString(mini), ModelFacts.class))
                .isEqualTo(mini);
    }

    @Test
    void whatIsFrozenNeedsNoGradients() {
        ModelFacts mini = facts(MINI);
        MemoryEstimate lora = MemoryEstimate.of(mini, spec(Defaults.lora()), 4, 512, 0);
        MemoryEstimate full = MemoryEstimate.of(mini, spec(new MethodSpec.Full()), 4, 512, 0);

        assertThat(full.gradients()).isEqualTo(mini.parameters() * 4);
        assertThat(full.optimiser()).isEqualTo(mini.parameters() * 8);
        assertThat(lora.gradients()).isLessThan(full.gradients() / 5);
        assertThat(lora.total()).isLessThan(full.total());
    }

    private static RunSpec spec(MethodSpec method) {
        return Defaults.run(Defaults.model("m"), method, Defaults.data(List.of(DataSource.of("d"))));
    }

    private static ModelFacts facts(Path path) {
        try (BaseModel model = BaseModel.open(path)) {
            return ModelFacts.of(model);
        }
    }
}
