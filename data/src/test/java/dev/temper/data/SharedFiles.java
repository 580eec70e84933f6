package dev.temper.data;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reference data beside the checkout: {@code ../shared}, or what TEMPER_GOLDENS names; where there is none, no test. */
public final class SharedFiles {
    private SharedFiles() {}

    /** A file of the goldens. */
    public static JsonNode golden(String name) {
        String named = System.getenv("TEMPER_GOLDENS");
        Path folder = named == null ? shared().resolve("goldens") : Path.of(named);
        return read(folder.resolve(name));
    }

    /** A file of the data to try. */
    public static JsonNode data(String name) {
        return read(shared().resolve("data").resolve(name));
    }

    public static Path projectRoot() {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("worker-contract"))) {
            root = requireNonNull(root.getParent(), "the tests run inside the project");
        }
        return root;
    }

    private static Path shared() {
        return projectRoot().resolveSibling("shared");
    }

    private static JsonNode read(Path file) {
        assumeTrue(Files.isRegularFile(file), "no reference data at " + file);
        return JsonMapper.shared().readTree(file.toFile());
    }
}
