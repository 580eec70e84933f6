package dev.temper.trainer.run;

import dev.temper.trainer.data.DiskFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The numbers a run ends with, in the files and under the keys transformers writes, and some more. */
final class Results {
    private Results() {}

    /** Writes {@code train_results.json}, {@code eval_results.json} where there is one, and {@code all_results.json}. */
    static void write(Path output, Map<String, Object> train) {
        Map<String, Object> evaluation = new LinkedHashMap<>();
        List<JsonNode> log = TrainerLog.read(output);
        for (JsonNode line : log) {
            if (line.path("eval_loss").isNumber()) {
                double loss = line.path("eval_loss").asDouble();
                evaluation.put("epoch", line.path("epoch").asDouble());
                evaluation.put("eval_loss", loss);
                evaluation.put("perplexity", Math.exp(loss));
                if (line.path("accuracy").isNumber()) {
                    evaluation.put("eval_accuracy", line.path("accuracy").asDouble());
                }
            }
        }
        Map<String, Object> all = new LinkedHashMap<>(evaluation);
        all.putAll(train);
        if (!evaluation.isEmpty()) {
            writeFile(output.resolve("eval_results.json"), evaluation);
        }
        writeFile(output.resolve("train_results.json"), train);
        writeFile(output.resolve("all_results.json"), all);
    }

    private static void writeFile(Path file, Map<String, Object> values) {
        Path aside = file.resolveSibling("." + file.getFileName() + ".partial");
        try {
            Files.writeString(
                    aside, JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(values) + "\n");
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw DiskFailure.writing(file, e);
        }
    }
}
