package dev.temper.benchmarks.project;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** The files of the project: what git tracks, or, outside of a checkout, all that no build made. */
final class Repository {
    private static final Set<String> NOT_OURS = Set.of(".git", "target", ".temper", ".idea");

    private Repository() {}

    static Path root() {
        return Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
                .filter(folder -> Files.exists(folder.resolve("temper")))
                .findFirst()
                .orElseThrow();
    }

    static List<Path> files() throws IOException, InterruptedException {
        Path root = root();
        if (!Files.exists(root.resolve(".git"))) {
            return walk(root);
        }
        Process git = new ProcessBuilder("git", "ls-files", "-z")
                .directory(root.toFile())
                .start();
        String names = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (git.waitFor() != 0) {
            return walk(root);
        }
        return Arrays.stream(names.split("\0"))
                .map(root::resolve)
                .filter(Files::isRegularFile)
                .toList();
    }

    private static List<Path> walk(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> Stream.of(root.relativize(file).toString().split("/"))
                            .noneMatch(NOT_OURS::contains))
                    .toList();
        }
    }

    /** The text of a file; binary files read as nothing. */
    static String text(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            for (byte one : bytes) {
                if (one == 0) {
                    return "";
                }
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
