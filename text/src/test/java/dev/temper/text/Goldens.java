package dev.temper.text;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What other implementations computed: the folder TEMPER_GOLDENS names, by default ../shared/goldens. */
public final class Goldens {
    private static final JsonMapper JSON = new JsonMapper(JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxStringLength(100_000_000).build())
            .build());

    private Goldens() {}

    /** The folder; where there is none the test is skipped. */
    public static Path folder() {
        String named = System.getenv("TEMPER_GOLDENS");
        Path folder = named == null ? projectRoot().resolveSibling("shared").resolve("goldens") : Path.of(named);
        assumeTrue(Files.isDirectory(folder), "no goldens at " + folder);
        return folder;
    }

    private static Path projectRoot() {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("worker-contract"))) {
            root = requireNonNull(root.getParent(), "the tests run inside the project");
        }
        return root;
    }

    /** The JSON files of one sub-folder; there must be some. */
    public static List<Path> files(String subFolder) {
        try (Stream<Path> files = Files.list(folder().resolve(subFolder))) {
            List<Path> found = files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
            assertThat(found).as("fixtures in " + subFolder).isNotEmpty();
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder of the tokenizer whose tokenizer.json a fixture names. */
    public static Path tokenizerOf(JsonNode fixture) {
        return requireNonNull(
                folder().resolve(fixture.path("tokenizer").stringValue()).getParent());
    }

    public static JsonNode read(Path file) {
        return JSON.readTree(file.toFile());
    }

    public static int[] ints(JsonNode array) {
        return stream(array).mapToInt(JsonNode::intValue).toArray();
    }

    public static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    /** Labels as the fixtures write them: the ids inside the spans. */
    public static int[] labels(int[] ids, JsonNode spans, int ignored) {
        int[] labels = IntStream.range(0, ids.length).map(i -> ignored).toArray();
        for (JsonNode span : spans) {
            for (int i = span.get(0).intValue(); i < span.get(1).intValue(); i++) {
                labels[i] = ids[i];
            }
        }
        return labels;
    }
}
