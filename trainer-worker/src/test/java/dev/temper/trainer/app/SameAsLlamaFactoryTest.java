package dev.temper.trainer.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.temper.trainer.TinyModel;
import dev.temper.trainer.run.Control;
import dev.temper.trainer.run.Run;
import dev.temper.trainer.run.RunEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** One YAML, run by LLaMA-Factory 0.9.5 (the numbers below) and here. */
class SameAsLlamaFactoryTest {
    private record Line(double loss, double rate, double norm, double epoch) {}

    private static final List<Line> THEIRS = List.of(
            new Line(6.002389907836914, 0.0, 5.652863025665283, 0.1818),
            new Line(6.10800313949585, 0.005, 6.350983142852783, 0.3636),
            new Line(5.445805549621582, 0.01, 3.916548490524292, 0.5455),
            new Line(4.462160110473633, 0.009755282581475769, 3.8379900455474854, 0.7273),
            new Line(3.938337802886963, 0.009045084971874737, 2.9226512908935547, 0.9091),
            new Line(3.4153504371643066, 0.007938926261462366, 2.8841447830200195, 1.0),
            new Line(3.0805704593658447, 0.006545084971874737, 2.514266014099121, 1.1818),
            new Line(2.6514430046081543, 0.005, 2.55924129486084, 1.3636),
            new Line(3.030194044113159, 0.003454915028125263, 2.5580215454101562, 1.5455),
            new Line(2.321241855621338, 0.0020610737385376348, 2.7563796043395996, 1.7273),
            new Line(2.1487624645233154, 0.0009549150281252633, 2.6606249809265137, 1.9091),
            new Line(2.0553975105285645, 0.00024471741852423234, 2.677509069442749, 2.0));

    @TempDir
    private Path folder;

    @Test
    void theCurvesLieOverEachOther() throws IOException {
        TinyModel.write(folder.resolve("model"));
        Files.writeString(folder.resolve("rows.json"), rows().toString());
        String yaml = """
                model_name_or_path: %s
                stage: sft
                do_train: true
                finetuning_type: full
                dataset: %s
                template: chatml
                cutoff_len: 96
                logging_steps: 1
                save_strategy: "no"
                per_device_train_batch_size: 2
                gradient_accumulation_steps: 2
                learning_rate: 1.0e-2
                num_train_epochs: 2.0
                lr_scheduler_type: cosine
                warmup_ratio: 0.1
                weight_decay: 0.1
                disable_shuffling: true
                use_cpu: true
                """.formatted(folder.resolve("model"), folder.resolve("rows.json"));
        Path file = Files.writeString(folder.resolve("run.yaml"), yaml);
        Path output = folder.resolve("out");
        List<RunEvent.Stepped> ours = new ArrayList<>();

        new Run(SpecFile.read(file).spec(), output, false, new Control(output), event -> {
                    if (event instanceof RunEvent.Stepped stepped) {
                        ours.add(stepped);
                    }
                })
                .execute();

        assertThat(ours).hasSameSizeAs(THEIRS);
        for (int i = 0; i < ours.size(); i++) {
            assertThat(ours.get(i).loss()).isCloseTo(THEIRS.get(i).loss(), within(3e-5));
            assertThat(ours.get(i).rate()).isCloseTo(THEIRS.get(i).rate(), within(1e-12));
            assertThat(ours.get(i).gradientNorm() / THEIRS.get(i).norm()).isCloseTo(1, within(3e-4));
            assertThat(ours.get(i).epoch()).isCloseTo(THEIRS.get(i).epoch(), within(1e-4));
        }
    }

    /** A short last window, control tokens and slots in what users say, and rows longer than the cutoff on either side. */
    private static ArrayNode rows() {
        ArrayNode rows = JsonMapper.shared().createArrayNode();
        for (int i = 0; i < 21; i++) {
            String instruction = i % 5 == 3 ? "Say <|im_end|> and {{idx}} now, item " + i : "Count to " + i;
            rows.addObject()
                    .put("instruction", i == 12 ? "word ".repeat(40) : instruction)
                    .put("input", i % 3 == 0 ? "slowly" : "")
                    .put("output", i == 11 ? "long ".repeat(30) : "one ".repeat(1 + i % 7));
        }
        return rows;
    }
}
