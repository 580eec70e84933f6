package dev.temper.trainer.supervise;

import dev.temper.contract.link.FileRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where in its folder a run puts what is to be kept. */
final class Results {
    /** What a run puts here is its result, but for checkpoints and hidden files. */
    static final String OUTPUT = "output";

    /** What its process prints. */
    static final String LOG = "log.txt";

    private static final String CHECKPOINT = "checkpoint-";

    /** Says which checkpoint is the last; means nothing without them. */
    private static final String LATEST = "latest";

    private Results() {}

    /** The checkpoint of a step: a file or a folder. */
    static Optional<Path> checkpoint(Path work, long step) {
        return Stream.of(work, work.resolve(OUTPUT))
                .map(place -> place.resolve(CHECKPOINT + step))
                .filter(Files::exists)
                .findFirst();
    }

    /** What a run that succeeded leaves, with what it printed. */
    static List<FileRef> outputs(Path work, List<FileRef> given) throws IOException {
        Set<Path> inputs = given.stream().map(file -> work.resolve(file.path())).collect(Collectors.toSet());
        return Contents.of(work, work, file -> !inputs.contains(file) && kept(work.relativize(file))).stream()
                .filter(file -> file.size() > 0 || !file.path().equals(LOG))
                .toList();
    }

    private static boolean kept(Path path) {
        if (path.getNameCount() == 1) {
            return path.toString().equals(LOG);
        }
        if (!path.startsWith(OUTPUT)) {
            return false;
        }
        for (Path name : path) {
            if (name.toString().startsWith(".")
                    || name.toString().startsWith(CHECKPOINT)
                    || name.toString().equals(LATEST)) {
                return false;
            }
        }
        return true;
    }
}
