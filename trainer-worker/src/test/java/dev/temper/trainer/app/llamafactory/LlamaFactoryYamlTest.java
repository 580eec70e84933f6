package dev.temper.trainer.app.llamafactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.temper.contract.CodedException;
import dev.temper.contract.Compatibility;
import dev.temper.contract.ComputeSpec;
import dev.temper.contract.DataFormat;
import dev.temper.contract.DataSource;
import dev.temper.contract.Interval;
import dev.temper.contract.MethodSpec;
import dev.temper.contract.Mixing;
import dev.temper.contract.OptimiserSpec;
import dev.temper.contract.Precision;
import dev.temper.contract.RunSpec;
import dev.temper.contract.ScheduleSpec;
import dev.temper.contract.Stage;
import dev.temper.contract.llamafactory.LlamaFactoryYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LlamaFactoryYamlTest {
    /** As in the examples of LLaMA-Factory, but for the model. */
    private static final String LORA_SFT = """
            ### model
            model_name_or_path: base
            trust_remote_code: true

            ### method
            stage: sft
            do_train: true
            finetuning_type: lora
            lora_rank: 8
            lora_target: all

            ### dataset
            dataset: identity,alpaca_en_demo
            dataset_dir: data
            template: llama3
            cutoff_len: 2048
            max_samples: 1000
            preprocessing_num_workers: 16
            dataloader_num_workers: 4

            ### output
            output_dir: saves/llama3-8b/lora/sft
            logging_steps: 10
            save_steps: 500
            plot_loss: true
            overwrite_output_dir: true
            save_only_model: false
            report_to: none  # choices: [none, wandb, tensorboard, swanlab, mlflow]

            ### train
            per_device_train_batch_size: 1
            gradient_accumulation_steps: 8
            learning_rate: 1.0e-4
            num_train_epochs: 3.0
            lr_scheduler_type: cosine
            warmup_ratio: 0.1
            bf16: true
            ddp_timeout: 180000000
            resume_from_checkpoint: null

            ### eval
            # eval_dataset: alpaca_en_demo
            val_size: 0.1
            per_device_eval_batch_size: 1
            eval_strategy: steps
            eval_steps: 500
            """;

    private static final String LEAST = "model_name_or_path: base\ndataset: rows.json\noutput_dir: out\n";

    @TempDir
    private Path folder;

    @BeforeEach
    void makeData() throws IOException {
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("rows.json"), "[]");
        Files.writeString(folder.resolve("data/dataset_info.json"), """
                {"identity": {"file_name": "identity.json"},
                 "alpaca_en_demo": {"file_name": "alpaca_en_demo.json"},
                 "chat": {"file_name": "chat.jsonl", "formatting": "sharegpt", "num_samples": 5,
                          "columns": {"messages": "turns"}, "tags": {"role_tag": "who"}},
                 "pairs": {"file_name": "pairs.json", "ranking": true, "columns": {"chosen": "good"}},
                 "remote": {"hf_hub_url": "somebody/something"},
                 "typo": {"file_name": "x.json", "columns": {"promt": "q"}}}
                """);
    }

    @Test
    void runsItsExampleAsItIs() {
        LlamaFactoryYaml.Asked asked = LlamaFactoryYaml.read(LORA_SFT, new LocalFiles(folder));

        RunSpec spec = asked.spec();
        assertThat(spec.stage()).isEqualTo(Stage.SFT);
        assertThat(spec.method()).isInstanceOfSatisfying(MethodSpec.Lora.class, lora -> {
            assertThat(lora.rank()).isEqualTo(8);
            assertThat(lora.effectiveAlpha()).isEqualTo(16);
            assertThat(lora.target()).containsExactly("all");
        });
        assertThat(spec.data().train())
                .containsExactly(
                        new DataSource(
                                folder.resolve("data/identity.json").toString(),
                                DataFormat.ALPACA,
                                Map.of(),
                                Map.of(),
                                1000,
                                1),
                        new DataSource(
                                folder.resolve("data/alpaca_en_demo.json").toString(),
                                DataFormat.ALPACA,
                                Map.of(),
                                Map.of(),
                                1000,
                                1));
        assertThat(spec.data().template()).isEqualTo("llama3");
        assertThat(spec.data().compatibility()).isEqualTo(Compatibility.LLAMA_FACTORY);
        assertThat(spec.data().valSize()).isEqualTo(0.1);
        assertThat(spec.optimiser().learningRate()).isEqualTo(1e-4);
        assertThat(spec.schedule().type()).isEqualTo(ScheduleSpec.Kind.COSINE);
        assertThat(spec.batch().samplesPerStep()).isEqualTo(8);
        assertThat(spec.compute().precision()).isEqualTo(Precision.BF16);
        assertThat(spec.evaluation().interval()).isEqualTo(Interval.STEPS);
        assertThat(spec.output().directory()).isEqualTo("saves/llama3-8b/lora/sft");
        assertThat(asked.resume()).isFalse();
        assertThat(asked.warnings())
                .anyMatch(line -> line.contains("trust_remote_code"))
                .anyMatch(line -> line.contains("preprocessing_num_workers"))
                .hasSize(5);
    }

    @Test
    void saysNothingMeansWhatItMeansThere() {
        RunSpec spec = read("");

        assertThat(spec.optimiser().learningRate()).isEqualTo(5e-5);
        assertThat(spec.optimiser().type()).isEqualTo(OptimiserSpec.Kind.ADAMW);
        assertThat(spec.schedule().type()).isEqualTo(ScheduleSpec.Kind.LINEAR);
        assertThat(spec.schedule().warmupRatio()).isZero();
        assertThat(spec.batch().perDeviceTrainBatchSize()).isEqualTo(8);
        assertThat(spec.batch().gradientAccumulationSteps()).isEqualTo(1);
        assertThat(spec.checkpoints().keep()).isZero();
        assertThat(spec.compute().precision()).isEqualTo(Precision.FP32);
        assertThat(spec.compute().gradientCheckpointing()).isEqualTo(ComputeSpec.Checkpointing.AUTO);
        assertThat(spec.data().shuffle()).isTrue();
        assertThat(spec.seed()).isEqualTo(42);
    }

    @Test
    void readsFreezeAndFull() {
        assertThat(read("finetuning_type: freeze\nfreeze_trainable_layers: -2\nfreeze_extra_modules: norm, lm_head")
                        .method())
                .isEqualTo(new MethodSpec.Partial(-2, List.of("all"), List.of("norm", "lm_head"), false));
        assertThat(read("finetuning_type: full").method()).isEqualTo(new MethodSpec.Full());
    }

    @Test
    void readsValuesHoweverTheyAreSpelled() {
        RunSpec spec = read("""
                learning_rate: 1e-3
                lora_target: [q_proj, v_proj]
                dataset: rows.json, rows.json
                interleave_probs: 0.3,0.7
                mix_strategy: interleave_over
                save_strategy: no
                disable_shuffling: true
                max_steps: 7
                lr_scheduler_kwargs: {num_cycles: 2}
                lr_scheduler_type: cosine_with_restarts
                gradient_checkpointing: false
                """.replace("dataset: rows.json, rows.json\n", ""), "dataset: rows.json, rows.json");

        assertThat(spec.optimiser().learningRate()).isEqualTo(1e-3);
        assertThat(((MethodSpec.Lora) spec.method()).target()).containsExactly("q_proj", "v_proj");
        assertThat(spec.data().train()).extracting(DataSource::weight).containsExactly(0.3, 0.7);
        assertThat(spec.data().mixing()).isEqualTo(Mixing.INTERLEAVE_OVER);
        assertThat(spec.checkpoints().interval()).isEqualTo(Interval.NO);
        assertThat(spec.data().shuffle()).isFalse();
        assertThat(spec.schedule().maxSteps()).isEqualTo(7);
        assertThat(spec.schedule().arguments()).containsEntry("num_cycles", 2.0);
        assertThat(spec.compute().gradientCheckpointing()).isEqualTo(ComputeSpec.Checkpointing.NONE);
    }

    @Test
    void readsTheColumnsOfADataset() {
        RunSpec spec = read("dataset_dir: data", "dataset: chat");

        assertThat(spec.data().train())
                .containsExactly(new DataSource(
                        folder.resolve("data/chat.jsonl").toString(),
                        DataFormat.SHAREGPT,
                        Map.of("messages", "turns"),
                        Map.of("role_tag", "who"),
                        5,
                        1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cutof_len: 3                    | spec_unknown_key   | cutoff_len
            learning_rat: 3                 | spec_unknown_key   | learning_rate
            lora_rank: eight                | spec_wrong_type    | lora_rank
            lora_rank: 0                    | spec_invalid_value | lora_rank
            lora_rank: 2.5                  | spec_wrong_type    | lora_rank
            lora_dropout: 1                 | spec_invalid_value | lora_dropout
            learning_rate: [1]              | spec_wrong_type    | learning_rate
            bf16: maybe                     | spec_wrong_type    | bf16
            template: {a: b}                | spec_wrong_type    | template
            lr_scheduler_type: sine         | spec_invalid_value | cosine_with_restarts
            stage: dpo                      | spec_not_yet       | stage
            finetuning_type: oft            | spec_not_yet       | finetuning_type
            optim: adamw_8bit               | spec_not_yet       | optim
            pref_beta: 0.1                  | spec_not_yet       | pref_beta
            quantization_bit: 4             | spec_not_yet       | quantization_bit
            deepspeed: ds.json              | spec_not_yet       | deepspeed
            use_galore: true                | spec_not_yet       | use_galore
            adapter_name_or_path: a,b       | spec_not_yet       | adapter_name_or_path
            interleave_probs: 0.5,0.5       | spec_invalid_value | interleave_probs
            do_train: false                 | spec_nothing_to_do | do_train
            eval_dataset: identiti          | data_dataset_unknown | identity
            eval_dataset: remote            | data_dataset_not_local | hf_hub_url
            eval_dataset: typo              | spec_unknown_key   | prompt
            eval_strategy: steps            | spec_invalid_value | eval_strategy
            """)
    void namesTheKeyThatIsWrong(String line, String code, String mention) {
        CodedException e = catchThrowableOfType(CodedException.class, () -> read(line));

        assertThat(e.code()).isEqualTo(code);
        assertThat(e.getMessage() + e.remedy()).contains(mention);
    }

    @Test
    void refusesRankedData() {
        CodedException e = catchThrowableOfType(CodedException.class, () -> read("", "dataset: pairs"));

        assertThat(e.getMessage()).contains("ranking", "chosen");
    }

    @Test
    void tellsAllWrongKeysAtOnce() {
        CodedException e = catchThrowableOfType(
                CodedException.class,
                () -> LlamaFactoryYaml.read("stage: ppo\nlora_rank: x\nlearnin_rate: 1\n", new LocalFiles(folder)));

        assertThat(e.code()).isEqualTo("spec_invalid");
        assertThat(e.getMessage())
                .contains("stage: ppo", "lora_rank", "learning_rate", "model_name_or_path is missing")
                .contains("dataset is missing");
    }

    @ParameterizedTest
    @CsvSource({"use_galore: false", "deepspeed: null", "'deepspeed:'", "quantization_bit: null"})
    void aKeyThatAsksForNothingIsNoProblem(String line) {
        assertThat(read(line)).isNotNull();
    }

    @Test
    void saysWhereAFileIsNotYaml() {
        CodedException e = catchThrowableOfType(
                CodedException.class, () -> LlamaFactoryYaml.read("a: 1\nb: [\nc: }", new LocalFiles(folder)));

        assertThat(e.code()).isEqualTo("spec_not_yaml");
        assertThat(e.getMessage()).contains("line ");
    }

    @Test
    void refusesAKeyGivenTwice() {
        CodedException e = catchThrowableOfType(CodedException.class, () -> read("seed: 1\nseed: 2"));

        assertThat(e.getMessage()).contains("seed");
    }

    private RunSpec read(String lines) {
        return read(lines, "dataset: rows.json");
    }

    private RunSpec read(String lines, String dataset) {
        return LlamaFactoryYaml.read(LEAST.replace("dataset: rows.json", dataset) + lines, new LocalFiles(folder))
                .spec();
    }
}
