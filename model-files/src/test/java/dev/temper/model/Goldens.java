package dev.temper.model;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The folder of reference results, named by TEMPER_GOLDENS; by default {@code ../shared/goldens} beside the project.
 * A test that needs what is absent is skipped with a message.
 */
public final class Goldens {
    private Goldens() {}

    /** A file or folder of the fixtures; skips the test where the fixtures are absent. */
    public static Path path(String relative) {
        Path path = root().resolve(relative);
        assumeTrue(Files.exists(root()), () -> "no fixtures in " + root() + " (set TEMPER_GOLDENS)");
        assumeTrue(Files.exists(path), () -> "the fixtures in " + root() + " have no " + relative);
        return path;
    }

    /** A file of {@code ../shared/models}; skips the test where it is absent. */
    public static Path model(String name) {
        Path path = projectRoot().resolveSibling("shared").resolve("models").resolve(name);
        assumeTrue(Files.exists(path), () -> "no model " + path);
        return path;
    }

    private static Path root() {
        return Optional.ofNullable(System.getenv("TEMPER_GOLDENS"))
                .filter(value -> !value.isBlank())
                .map(Path::of)
                .orElseGet(() -> projectRoot().resolveSibling("shared").resolve("goldens"));
    }

    /** The repository's root: the outermost folder above the working directory that has a pom. */
    private static Path projectRoot() {
        Path folder = Path.of("").toAbsolutePath();
        Path found = folder;
        while (folder != null && Files.exists(folder.resolve("pom.xml"))) {
            found = folder;
            folder = folder.getParent();
        }
        return found;
    }
}
