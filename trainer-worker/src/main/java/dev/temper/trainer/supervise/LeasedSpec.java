package dev.temper.trainer.supervise;

import dev.temper.contract.CodedException;
import dev.temper.contract.RunSpec;
import dev.temper.contract.RunSpecJson;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The run spec of a job on the machine that does it: its paths are below the run's folder, or below a folder that the
 * machine's owner shares with all runs, and what it leaves to the machine is the run's share of it. A job is somebody's
 * whom the owner does not know, so no other path is opened for it.
 */
final class LeasedSpec {
    private LeasedSpec() {}

    /**
     * What a run has of its machine.
     *
     * @param threads 0 for as many as there are
     * @param memoryBytes 0 for what there is
     * @param folders that all runs may read
     */
    record Share(int threads, long memoryBytes, List<Path> folders) {
        Share {
            folders = List.copyOf(folders);
        }

        /** As the supervisor has said on the command line. */
        static Share ofThisProcess() {
            String folders = System.getProperty("temper.run.shared", "");
            return new Share(
                    Integer.getInteger("temper.run.threads", 0),
                    Long.getLong("temper.run.memory", 0),
                    Stream.of(folders.split(File.pathSeparator))
                            .filter(folder -> !folder.isEmpty())
                            .map(Path::of)
                            .toList());
        }
    }

    static RunSpec of(JsonNode spec, Path folder, Share share) {
        return of(spec, folder, share, List.of("train", "evaluation"));
    }

    /** The same for what comes after the run, which is given its model and none of its rows. */
    static RunSpec withoutRows(JsonNode spec, Path folder, Share share) {
        return of(spec, folder, share, List.of());
    }

    private static RunSpec of(JsonNode spec, Path folder, Share share, List<String> rows) {
        if (!(spec.deepCopy() instanceof ObjectNode here)) {
            throw CodedException.user(
                    "spec_not_json", "The spec holds no run spec.", "Give the run that trained it, as run.");
        }
        if (here.get("model") instanceof ObjectNode model) {
            place(model, "path", folder, share);
            place(model, "adapter", folder, share);
        }
        for (String use : rows) {
            for (JsonNode source : here.path("data").path(use)) {
                if (source instanceof ObjectNode file) {
                    place(file, "path", folder, share);
                }
            }
        }
        if (here.get("output") instanceof ObjectNode output) {
            output.remove("directory");
        }
        ObjectNode compute = here.withObject("/compute");
        if (compute.path("threads").asInt(0) == 0 && share.threads() > 0) {
            compute.put("threads", share.threads());
        }
        if (compute.path("memoryBudget").asLong(0) == 0 && share.memoryBytes() > 0) {
            compute.put("memoryBudget", share.memoryBytes());
        }
        return RunSpecJson.read(here.toString());
    }

    /** A folder of the job's own files. */
    static Path given(String path, Path folder) {
        try {
            return below(folder, path).orElseThrow(() -> absent(path));
        } catch (InvalidPathException e) {
            throw absent(path).because(e);
        }
    }

    private static void place(ObjectNode of, String field, Path folder, Share share) {
        if (of.path(field).isString()) {
            of.put(field, found(of.path(field).asString(), folder, share).toString());
        }
    }

    private static Path found(String path, Path folder, Share share) {
        try {
            return Stream.concat(Stream.of(folder), share.folders().stream())
                    .flatMap(root -> below(root, path).stream())
                    .findFirst()
                    .orElseThrow(() -> absent(path));
        } catch (InvalidPathException e) {
            throw absent(path).because(e);
        }
    }

    /** The file, where it is there and really below the folder, through whatever links. */
    private static Optional<Path> below(Path root, String path) {
        try {
            Path file = root.resolve(path);
            return Files.exists(file) && file.toRealPath().startsWith(root.toRealPath())
                    ? Optional.of(file)
                    : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static CodedException absent(String path) {
        return CodedException.user(
                        "file_not_given",
                        "The run was not given " + path + ".",
                        "Name a file of the job, or one in a folder that the worker shares (--shared).")
                .with("path", path);
    }
}
