package dev.temper.platform.blob;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * The folders of what may go: what is being made, which whoever makes it removes unless their process dies, and copies that are
 * fetched again when they are wanted.
 */
@Component
class Staging {
    private final BlobFolders folders;
    private final BlobStore store;
    private final BlobSettings settings;

    Staging(BlobFolders folders, BlobStore store, BlobSettings settings) {
        this.folders = folders;
        this.store = store;
        this.settings = settings;
    }

    private record Found(Path path, FileTime changed) {}

    /** Removes what nobody has written to for the grace. Files bear the machine's time, so that is what they are held against. */
    void sweep() {
        Instant before = Clock.systemUTC().instant().minus(settings.grace());
        sweep(before);
        try {
            store.forget(before);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void sweep(Instant before) {
        for (Path folder : List.of(folders.staging(), folders.cache(), folders.spill())) {
            List<Found> all = new ArrayList<>();
            if (Files.isDirectory(folder)) {
                find(folder, all);
            }
            // What lies inside of a folder comes before it; its times were looked at before anything in it was removed.
            all.stream()
                    .filter(found -> found.changed().toInstant().isBefore(before))
                    .forEach(found -> remove(found.path()));
        }
    }

    private static void find(Path folder, List<Found> all) {
        try (var entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                FileTime changed = Files.getLastModifiedTime(entry);
                if (Files.isDirectory(entry)) {
                    find(entry, all);
                }
                all.add(new Found(entry, changed));
            }
        } catch (NoSuchFileException removedMeanwhile) {
            // Its maker was faster.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (DirectoryNotEmptyException inUse) {
            // Something in it is younger.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
