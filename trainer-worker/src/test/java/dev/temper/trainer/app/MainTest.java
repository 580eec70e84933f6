package dev.temper.trainer.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.temper.trainer.TinyModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person sees who types a command. */
class MainTest {
    private static final String ROWS = """
            {"instruction": "Say one", "output": "one"}
            {"instruction": "Say two", "output": "two"}
            """;

    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private record Ran(int status, String out, String err) {}

    @BeforeAll
    static void makeModel() throws IOException {
        TinyModel.write(shared.resolve("model"));
        Files.writeString(shared.resolve("rows.jsonl"), ROWS);
        Files.writeString(shared.resolve("empty.json"), "[]");
        Files.writeString(shared.resolve("strange.json"), "[{\"question\": \"a\"}]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            lora_rank: 0                     | spec_invalid_value     | lora_rank
            lora_rank: 33                    | lora_rank_too_high     | 33
            lora_target: q_prj               | lora_target_unknown    | q_prj
            lora_rank: eight                 | spec_wrong_type        | lora_rank
            dataset: empty.json              | data_empty             | empty.json
            cutoff_len: 4                    | data_nothing_to_learn  | cutoff
            dataset: strange.json            | data_format_unknown    | question
            dataset: nowhere.json            | data_dataset_info_missing | dataset_info.json
            template: lama3                  | template_unknown       | lama3
            template: llama3                 | tokens_beyond_vocabulary | vocabulary
            model_name_or_path: nowhere      | model_missing          | nowhere
            add_tokens: <note>               | spec_not_yet           | embeddings
            rope_scaling: yarn               | rope_scaling_unsupported | llama3
            adapter_name_or_path: nowhere    | adapter_missing        | nowhere
            use_galore: true                 | spec_not_yet           | use_galore
            learning_rat: 1                  | spec_unknown_key       | learning_rate
            """)
    void refusesBeforeAnythingIsTrainedAndSaysWhatToChange(String line, String code, String mention)
            throws IOException {
        Ran ran = run(
                "train", yaml(line).toString(), "--out", folder.resolve("out").toString());

        assertThat(ran.status).isEqualTo(2);
        assertThat(ran.err).contains("error: ", "(" + code + ")", mention).doesNotContain("\tat ");
        assertThat(folder.resolve("out/trainer_log.jsonl")).doesNotExist();
    }

    @Test
    void trainsAndSaysWhereTheResultsAre() throws IOException {
        Ran ran = run(
                "train",
                yaml("max_steps: 2").toString(),
                "--out",
                folder.resolve("out").toString());

        assertThat(ran.err).isEmpty();
        assertThat(ran.status).isZero();
        assertThat(ran.out).contains("2 samples", "step 2/2", "Done", "out");
        assertThat(folder.resolve("out/adapter_config.json")).exists();
    }

    @Test
    void aDryRunTellsAndLeavesNothingBehind() throws IOException {
        Ran ran = run(
                "train",
                yaml("max_steps: 2").toString(),
                "--out",
                folder.resolve("out").toString(),
                "--dry-run");

        assertThat(ran.status).isZero();
        assertThat(ran.out).contains("peak memory", "activations", "optimiser", "2 steps", "tokens/s");
        assertThat(folder.resolve("out/adapter_config.json")).doesNotExist();
    }

    @Test
    void mergesWhatItTrained() throws IOException {
        run(
                "train",
                yaml("max_steps: 2").toString(),
                "--out",
                folder.resolve("out").toString());

        Ran ran = run(
                "merge",
                shared.resolve("model").toString(),
                folder.resolve("out").toString(),
                folder.resolve("merged").toString());

        assertThat(ran.status).isZero();
        assertThat(folder.resolve("merged/model.safetensors")).exists();
    }

    @Test
    void showsWhereAFailureComesFromWhenAskedTo() {
        Ran ran = run("train", "nowhere.yaml", "--debug");

        assertThat(ran.status).isEqualTo(2);
        assertThat(ran.err).contains("spec_missing", "\tat ");
    }

    private Path yaml(String line) throws IOException {
        String key = line.substring(0, line.indexOf(':') + 1);
        String all = """
                model_name_or_path: %s
                dataset: rows.jsonl
                template: chatml
                finetuning_type: lora
                lora_rank: 4
                use_cpu: true
                """.formatted(shared.resolve("model"));
        String others = all.lines().filter(other -> !other.startsWith(key)).reduce("", (a, b) -> a + b + "\n");
        return Files.writeString(shared.resolve("run.yaml"), others + line + "\n");
    }

    private static Ran run(String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream toOut = new ByteArrayOutputStream();
        ByteArrayOutputStream toErr = new ByteArrayOutputStream();
        System.setOut(new PrintStream(toOut, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(toErr, true, StandardCharsets.UTF_8));
        try {
            int status = Main.run(arguments);
            return new Ran(status, toOut.toString(StandardCharsets.UTF_8), toErr.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
