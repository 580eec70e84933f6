package dev.temper.trainer.supervise;

import dev.temper.contract.link.LeaseId;
import dev.temper.contract.link.LeaseOffer;
import dev.temper.contract.link.LinkJson;
import dev.temper.contract.link.Outcome;
import dev.temper.trainer.data.DiskFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything of one attempt on this machine. Whoever starts again finds in it what there is to know: the supervisor
 * writes the offer, the directive and the outcome, the run its lock, its story and its ending.
 */
record RunFolder(Path root) {
    /** What was offered. */
    Path offer() {
        return root.resolve("offer.json");
    }

    /** Events on their way to the platform. */
    Path spool() {
        return root.resolve("events");
    }

    /** How much of the story and the log is in the spool. */
    Path intake() {
        return root.resolve("intake");
    }

    /** Held by the run as long as it lives; the number of its process is in {@link #process}. */
    Path lock() {
        return root.resolve("lock");
    }

    Path process() {
        return root.resolve("process");
    }

    /** Events, a line each, as the run tells them. */
    Path story() {
        return root.resolve("story");
    }

    /** What the run's process prints. */
    Path log() {
        return work().resolve(Results.LOG);
    }

    /** What is wanted of the run. */
    Path directive() {
        return root.resolve("directive");
    }

    /** Changes as long as a supervisor looks after the run. */
    Path alive() {
        return root.resolve("alive");
    }

    /** How the run says that it ended. */
    Path ending() {
        return root.resolve("ending.json");
    }

    /** What the platform is to be told of the end. */
    Path outcome() {
        return root.resolve("outcome.json");
    }

    /** The run's own: inputs, checkpoints, results. */
    Path work() {
        return root.resolve("work");
    }

    /** Below the folder of all runs. */
    static RunFolder of(Path runs, LeaseId lease) {
        return new RunFolder(runs.resolve(lease.job() + "-" + lease.fence()));
    }

    /** Those that are there, oldest lease first; half-made ones are removed. */
    static List<RunFolder> in(Path runs) {
        try (Stream<Path> entries = Files.list(runs)) {
            List<RunFolder> found = entries.filter(Files::isDirectory)
                    .map(RunFolder::new)
                    .sorted(Comparator.comparing(
                            folder -> folder.root().getFileName().toString()))
                    .toList();
            found.stream().filter(folder -> !Files.exists(folder.offer())).forEach(RunFolder::delete);
            return found.stream().filter(folder -> Files.exists(folder.offer())).toList();
        } catch (NoSuchFileException _) {
            return List.of();
        } catch (IOException e) {
            throw DiskFailure.writing(runs, e);
        }
    }

    /** Makes the folder of a new attempt. */
    void begin(LeaseOffer offer) {
        try {
            Files.createDirectories(work());
        } catch (IOException e) {
            throw DiskFailure.writing(root, e);
        }
        write(offer(), new String(LinkJson.write(offer), StandardCharsets.UTF_8));
    }

    LeaseOffer readOffer() {
        return LinkJson.read(bytes(offer()).orElseThrow(), LeaseOffer.class);
    }

    Optional<Outcome> readOutcome() {
        return bytes(outcome()).map(json -> LinkJson.read(json, Outcome.class));
    }

    void writeOutcome(Outcome outcome) {
        write(outcome(), new String(LinkJson.write(outcome), StandardCharsets.UTF_8));
    }

    /** The content of one of its files; empty where there is none. */
    static Optional<byte[]> bytes(Path file) {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw DiskFailure.writing(file, e);
        }
    }

    /** Writes a small file that is there whole or not at all. */
    static void write(Path file, String content) {
        try {
            Path aside = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), content);
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw DiskFailure.writing(file, e);
        }
    }

    /** Removes all of it; the offer goes first, so that a crash on the way leaves nothing that looks like a run. */
    void delete() {
        try {
            Files.deleteIfExists(offer());
            try (Stream<Path> entries = Files.walk(root)) {
                for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(entry);
                }
            }
        } catch (NoSuchFileException _) {
            // It is gone already.
        } catch (IOException e) {
            throw DiskFailure.writing(root, e);
        }
    }
}
