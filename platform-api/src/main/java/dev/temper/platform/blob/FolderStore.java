package dev.temper.platform.blob;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** In a folder, which all replicas share. Synced to the disk and renamed into place, so that no half file has a name. */
final class FolderStore implements BlobStore {
    private final Path folder;

    FolderStore(Path folder) {
        this.folder = folder;
    }

    @Override
    public void put(String key, Path file) throws IOException {
        Path place = place(key);
        if (Files.exists(place)) {
            return;
        }
        Path parent = Objects.requireNonNull(place.getParent());
        createFolders(parent);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.force(true);
        }
        try {
            Files.move(file, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException sameContent) {
            return;
        }
        sync(parent);
    }

    @Override
    public InputStream open(String key, long from) throws IOException {
        FileChannel channel = FileChannel.open(place(key), StandardOpenOption.READ);
        channel.position(from);
        return java.nio.channels.Channels.newInputStream(channel);
    }

    @Override
    public void delete(String key) throws IOException {
        Files.deleteIfExists(place(key));
    }

    @Override
    public List<String> keys(String prefix) throws IOException {
        int end = prefix.lastIndexOf('/');
        Path start = end < 0 ? folder : place(prefix.substring(0, end));
        if (!Files.isDirectory(start)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(start)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .filter(key -> key.startsWith(prefix))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public Path file(String key) throws IOException {
        Path place = place(key);
        if (!Files.isRegularFile(place)) {
            throw new NoSuchFileException(key);
        }
        return place;
    }

    private Path place(String key) {
        BlobStore.check(key);
        Path place = folder.resolve(key).normalize();
        if (!place.startsWith(folder)) {
            throw new IllegalArgumentException("the key " + key);
        }
        return place;
    }

    /** Every folder that is made is synced into the one above, or a crash could lose it with what lies in it. */
    private static void createFolders(Path wanted) throws IOException {
        if (Files.isDirectory(wanted)) {
            return;
        }
        Path parent = Objects.requireNonNull(wanted.getParent());
        createFolders(parent);
        try {
            Files.createDirectory(wanted);
        } catch (FileAlreadyExistsException madeMeanwhile) {
            return;
        }
        sync(parent);
    }

    private static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
