package dev.temper.trainer.run;

import dev.temper.contract.CodedException;
import dev.temper.trainer.data.DiskFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The checkpoints of a run: folders {@code checkpoint-N}, written aside and renamed when all of it is on the disk, so
 * that one is either whole or not there. {@code latest} holds the name of the newest, for people and other programs.
 */
public final class Checkpoints {
    private static final Pattern NAME = Pattern.compile("checkpoint-(\\d{1,9})");
    private static final String ASIDE = ".checkpoint-";
    private static final String LATEST = "latest";

    private final Path output;
    private final int keep;

    /** Fills a folder with what is to be kept. */
    interface Content {
        void writeTo(Path folder) throws IOException;
    }

    /** @param keep how many of the newest stay; 0 for all */
    Checkpoints(Path output, int keep) {
        this.output = output;
        this.keep = keep;
    }

    /**
     * Writes the checkpoint of a step. If the disk fills or anything else fails on the way, those before are untouched
     * and nothing of this one remains.
     */
    Checkpoint write(int step, Content content) {
        Path folder = folder(step);
        Path aside = output.resolve(ASIDE + step + ".partial");
        try {
            if (Files.exists(folder) && Manifest.check(folder, step).isEmpty()) {
                return new Checkpoint(step, folder);
            }
            Folders.delete(aside);
            Files.createDirectories(aside);
            content.writeTo(aside);
            Manifest.seal(aside, step);
            Folders.delete(folder);
            Files.move(aside, folder, StandardCopyOption.ATOMIC_MOVE);
            pointAt(folder);
            return new Checkpoint(step, folder);
        } catch (IOException e) {
            throw withoutRemains(aside, DiskFailure.writing(folder, e));
        } catch (UncheckedIOException e) {
            throw withoutRemains(aside, DiskFailure.writing(folder, new IOException(e)));
        } catch (RuntimeException e) {
            throw withoutRemains(aside, e);
        }
    }

    private static RuntimeException withoutRemains(Path aside, RuntimeException failure) {
        try {
            Folders.delete(aside);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
        return failure;
    }

    private void pointAt(Path folder) throws IOException {
        Path aside = output.resolve("." + LATEST + ".partial");
        Files.writeString(aside, folder.getFileName() + "\n");
        Files.move(aside, output.resolve(LATEST), StandardCopyOption.ATOMIC_MOVE);
        Manifest.syncFolder(output);
    }

    /** Removes all but the newest ones to keep, the one of {@code best} staying besides, and remains of torn writes. */
    void prune(int best) {
        try {
            List<Checkpoint> all = newestFirst();
            for (int i = 0; i < all.size(); i++) {
                if (keep > 0 && i >= keep && all.get(i).step() != best) {
                    Folders.delete(all.get(i).folder());
                }
            }
        } catch (IOException e) {
            throw DiskFailure.writing(output, e);
        }
    }

    /** The newest checkpoint that is whole; what is wrong with newer ones is told. */
    Optional<Checkpoint> newestWhole(Consumer<String> complaints) {
        for (Checkpoint checkpoint : newestFirst()) {
            Optional<String> damage = Manifest.check(checkpoint.folder(), checkpoint.step());
            if (damage.isEmpty()) {
                return Optional.of(checkpoint);
            }
            complaints.accept(checkpoint.folder().getFileName() + " is not used: " + damage.get());
        }
        return Optional.empty();
    }

    /** The whole checkpoint of one step. */
    Optional<Checkpoint> whole(int step) {
        return Manifest.check(folder(step), step).isEmpty()
                ? Optional.of(new Checkpoint(step, folder(step)))
                : Optional.empty();
    }

    /** Removes what a killed run left half-written. */
    void sweep() {
        if (!Files.isDirectory(output)) {
            return;
        }
        try (Stream<Path> entries = Files.list(output)) {
            for (Path entry : entries.toList()) {
                if (entry.getFileName().toString().startsWith(ASIDE)) {
                    Folders.delete(entry);
                }
            }
        } catch (IOException e) {
            throw DiskFailure.writing(output, e);
        }
    }

    void deleteAll() {
        try {
            for (Checkpoint checkpoint : newestFirst()) {
                Folders.delete(checkpoint.folder());
            }
        } catch (IOException e) {
            throw DiskFailure.writing(output, e);
        }
    }

    boolean any() {
        return !newestFirst().isEmpty();
    }

    private List<Checkpoint> newestFirst() {
        if (!Files.isDirectory(output)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(output)) {
            return entries.flatMap(Checkpoints::of)
                    .sorted(Comparator.comparingInt(Checkpoint::step).reversed())
                    .toList();
        } catch (IOException e) {
            throw CodedException.internal(
                            "output_unreadable",
                            output + " can't be read: " + e.getMessage(),
                            "Check the disk and the folder's permissions.")
                    .because(e);
        }
    }

    private static Stream<Checkpoint> of(Path entry) {
        Matcher name = NAME.matcher(entry.getFileName().toString());
        return name.matches() && Files.isDirectory(entry)
                ? Stream.of(new Checkpoint(Integer.parseInt(name.group(1)), entry))
                : Stream.empty();
    }

    private Path folder(int step) {
        return output.resolve("checkpoint-" + step);
    }
}
