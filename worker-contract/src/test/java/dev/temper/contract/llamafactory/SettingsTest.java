package dev.temper.contract.llamafactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void settingsAreReadWithoutFiles() {
        LlamaFactoryYaml.Settings read = LlamaFactoryYaml.settings("""
                model_name_or_path: /models/Qwen3-0.6B
                dataset: alpaca_zh_demo,identity
                stage: sft
                finetuning_type: lora
                lora_rank: 16
                learning_rate: 1.0e-4
                """);

        assertThat(read.model()).isEqualTo("/models/Qwen3-0.6B");
        assertThat(read.datasets()).containsExactly("alpaca_zh_demo", "identity");
        assertThat(read.settings().at("/method/rank").asInt()).isEqualTo(16);
        assertThat(read.settings().at("/optimiser/learningRate").asDouble()).isEqualTo(1e-4);
        assertThat(read.settings().has("model")).isFalse();
        assertThat(read.settings().at("/data/train").isMissingNode()).isTrue();
    }

    @Test
    void aFileNeedNotNameModelAndData() {
        assertThat(LlamaFactoryYaml.settings("lora_rank: 4\n").datasets()).isEmpty();
    }

    @Test
    void anUnknownKeyIsNamed() {
        assertThatThrownBy(() -> LlamaFactoryYaml.settings("lora_rnk: 4\n"))
                .hasMessageContaining("There is no key lora_rnk.");
    }

    @Test
    void everyKeyHasOneFate() {
        assertThat(new HashSet<>(Keys.names())).hasSameSizeAs(Keys.names());
        for (String name : Keys.names()) {
            assertThat(Keys.find(name).orElseThrow().name()).isEqualTo(name);
        }
    }
}
