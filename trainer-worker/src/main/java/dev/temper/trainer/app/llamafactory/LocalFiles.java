package dev.temper.trainer.app.llamafactory;

import dev.temper.contract.RunSpecJson;
import dev.temper.contract.llamafactory.Surroundings;
import dev.temper.contract.llamafactory.Values;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.node.ObjectNode;

/**
 * Files of this machine.
 *
 * @param beside the folder of the YAML: paths are looked for in the working directory first, then there
 */
public record LocalFiles(Path beside) implements Surroundings {
    @Override
    public String resolve(String path) {
        Path other = beside.resolve(path);
        return !Files.exists(Path.of(path)) && Files.exists(other) ? other.toString() : path;
    }

    /** A file of that name, else what the folder of datasets has under it. */
    @Override
    public ObjectNode source(String name, String folder, Values values) {
        Path file = Path.of(resolve(name));
        return Files.isRegularFile(file)
                ? RunSpecJson.document().put("path", file.toString())
                : new DatasetInfo(Path.of(resolve(folder))).source(name, values);
    }
}
