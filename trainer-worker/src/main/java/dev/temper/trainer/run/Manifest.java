package dev.temper.trainer.run;

import dev.temper.trainer.data.Digests;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The files of a checkpoint with what they must be, so that a torn or flipped one is known.
 *
 * @param version of this format
 * @param files by name
 */
record Manifest(int version, int step, Map<String, Entry> files) {
    static final String FILE = "manifest.json";
    private static final int VERSION = 1;

    /** @param sha256 of the content */
    record Entry(long size, String sha256) {}

    Manifest {
        files = Map.copyOf(files);
    }

    /** Lists a folder's files, brings them and itself to the disk. */
    static void seal(Path folder, int step) throws IOException {
        Map<String, Entry> files = new TreeMap<>();
        for (Path file : filesOf(folder)) {
            syncFile(file);
            files.put(folder.relativize(file).toString(), new Entry(Files.size(file), Digests.of(file)));
        }
        Path manifest = folder.resolve(FILE);
        Files.writeString(
                manifest,
                JsonMapper.shared()
                        .writerWithDefaultPrettyPrinter()
                        .writeValueAsString(new Manifest(VERSION, step, files)));
        syncFile(manifest);
        syncFolder(folder);
    }

    /** What is wrong with a folder that was sealed; empty if it is whole. */
    static Optional<String> check(Path folder, int step) {
        try {
            Manifest manifest = JsonMapper.shared().readValue(Files.readString(folder.resolve(FILE)), Manifest.class);
            if (manifest.version != VERSION || manifest.step != step) {
                return Optional.of("its manifest belongs to version " + manifest.version + ", step " + manifest.step);
            }
            for (Map.Entry<String, Entry> entry : manifest.files.entrySet()) {
                Path file = folder.resolve(entry.getKey());
                if (!Files.isRegularFile(file)) {
                    return Optional.of(entry.getKey() + " is missing");
                }
                if (Files.size(file) != entry.getValue().size()) {
                    return Optional.of(entry.getKey() + " has " + Files.size(file) + " bytes, not "
                            + entry.getValue().size());
                }
                if (!Digests.of(file).equals(entry.getValue().sha256())) {
                    return Optional.of(entry.getKey() + " is damaged");
                }
            }
            return Optional.empty();
        } catch (IOException | JacksonException e) {
            return Optional.of("its manifest can't be read: " + e.getMessage());
        }
    }

    /** Brings a folder's files to the disk. */
    static void sync(Path folder) throws IOException {
        for (Path file : filesOf(folder)) {
            syncFile(file);
        }
        syncFolder(folder);
    }

    private static List<Path> filesOf(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static void syncFile(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Brings the names in a folder to the disk. */
    static void syncFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
