package dev.temper.trainer.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.temper.contract.CodedException;
import dev.temper.contract.MethodSpec;
import dev.temper.model.DecoderFamily;
import dev.temper.model.weights.HuggingFaceFolder;
import dev.temper.trainer.model.Decoder;
import dev.temper.trainer.model.Parameter;
import dev.temper.trainer.model.TinyModel;
import dev.temper.trainer.tensor.DType;
import dev.temper.trainer.tensor.Kernels;
import dev.temper.trainer.tensor.TestKernels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings that cannot be followed are refused by name; those that can train what they say. */
class MethodRefusalTest {
    private final Kernels kernels = TestKernels.cpu();
    private HuggingFaceFolder model;
    private Decoder decoder;

    @BeforeEach
    void load(@TempDir Path folder) throws IOException {
        model = TinyModel.write(folder, DecoderFamily.QWEN3, 3);
        decoder = Decoder.open(kernels, model.config(), model, DType.FLOAT32);
    }

    @AfterEach
    void unload() {
        decoder.close();
        model.close();
    }

    @Test
    void aTargetThatMatchesNothing() {
        refuses("lora_target_unknown", lora(4, List.of("q_proj", "c_attn"), List.of()), "c_attn");
        refuses("lora_target_unknown", lora(4, List.of("lm_head"), List.of()), "lm_head");
        refuses("lora_target_unknown", lora(4, List.of("all"), List.of("lm_head")), "lm_head");
    }

    @Test
    void aRankAboveTheDimension() {
        refuses("lora_rank_too_high", lora(17, List.of("k_proj"), List.of()), "16");
    }

    @Test
    void moreLayersThanThereAre() {
        refuses("partial_layers_too_many", partial(4, List.of("all"), List.of()), "3");
        refuses("partial_layers_too_many", partial(-4, List.of("all"), List.of()), "3");
    }

    @Test
    void modulesThatAreNotThere() {
        refuses("partial_module_unknown", partial(1, List.of("moe"), List.of()), "moe");
        refuses("partial_module_unknown", partial(1, List.of("all"), List.of("q_proj")), "q_proj");
    }

    @Test
    void partsAreTrainedAsNamed() {
        Methods.attach(decoder, partial(-1, List.of("self_attn"), List.of("norm")), 1);
        assertThat(decoder.parameters().stream().map(Parameter::name))
                .containsExactlyInAnyOrder(
                        "model.layers.0.self_attn.q_proj.weight",
                        "model.layers.0.self_attn.k_proj.weight",
                        "model.layers.0.self_attn.v_proj.weight",
                        "model.layers.0.self_attn.o_proj.weight",
                        "model.layers.0.self_attn.q_norm.weight",
                        "model.layers.0.self_attn.k_norm.weight",
                        "model.norm.weight");
    }

    /** The ratio of LoRA+ is B's; weights trained whole beside adapters keep their names under PEFT's prefix. */
    @Test
    void adaptersHaveTheRatesAndNamesOfPeft() {
        Methods.attach(
                decoder,
                new MethodSpec.Lora(
                        2, null, 0, List.of("v_proj"), List.of("embed_tokens"), false, false, 16.0, 0, false),
                1);
        assertThat(decoder.parameters()).hasSize(7).allSatisfy(parameter -> {
            assertThat(parameter.name()).startsWith("base_model.model.model.");
            assertThat(parameter.rateFactor()).isEqualTo(parameter.name().contains("lora_B") ? 16 : 1);
        });
    }

    private void refuses(String code, MethodSpec settings, String names) {
        assertThatThrownBy(() -> Methods.attach(decoder, settings, 1))
                .isInstanceOfSatisfying(CodedException.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo(code);
                    assertThat(refusal.getMessage()).contains(names);
                    assertThat(refusal.remedy()).isNotBlank();
                });
    }

    private static MethodSpec lora(int rank, List<String> targets, List<String> whole) {
        return new MethodSpec.Lora(rank, null, 0, targets, whole, false, false, null, 0, false);
    }

    private static MethodSpec partial(int layers, List<String> modules, List<String> extras) {
        return new MethodSpec.Partial(layers, modules, extras, false);
    }
}
