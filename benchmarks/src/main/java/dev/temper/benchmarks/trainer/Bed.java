package dev.temper.benchmarks.trainer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * What all cases share: the model, the rows, a folder to work in.
 *
 * @param model the GGUF file
 * @param rows the first rows of the dataset, as LLaMA-Factory's registry names them
 */
record Bed(Path work, Path model, Path rows) {
    private static final int ROWS = 200;

    static Bed make(Path work, Path model, Path dataset) throws IOException {
        Path data = Files.createDirectories(work.resolve("data"));
        JsonMapper json = JsonMapper.shared();
        ArrayNode some = json.createArrayNode();
        for (JsonNode row : json.readTree(dataset.toFile())) {
            if (some.size() < ROWS) {
                some.add(row);
            }
        }
        Path rows = data.resolve("alpaca200.json");
        Files.writeString(rows, json.writeValueAsString(some));
        Files.writeString(data.resolve("dataset_info.json"), "{\"alpaca200\": {\"file_name\": \"alpaca200.json\"}}\n");
        return new Bed(work.toAbsolutePath(), model.toAbsolutePath(), rows.toAbsolutePath());
    }
}
