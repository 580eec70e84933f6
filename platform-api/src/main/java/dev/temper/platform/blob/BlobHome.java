package dev.temper.platform.blob;

import dev.temper.platform.common.Ids;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Keeps replicas from storing in different places. The first that starts leaves a mark beside the content and notes it in the
 * database; one that finds the note and not the mark does not start, because it would not find what the others store.
 */
@Component
@ConditionalOnWebApplication
class BlobHome implements SmartInitializingSingleton {
    private static final String MARKS = "home/";

    private final BlobStore store;
    private final BlobFolders folders;
    private final S3Settings s3;
    private final JdbcClient jdbc;

    BlobHome(BlobStore store, BlobFolders folders, S3Settings s3, JdbcClient jdbc) {
        this.store = store;
        this.folders = folders;
        this.s3 = s3;
        this.jdbc = jdbc;
    }

    @Override
    public void afterSingletonsInstantiated() {
        try {
            if (noted().isEmpty()) {
                UUID id = Ids.next();
                leave(id);
                jdbc.sql("insert into blob_home (id) values (?) on conflict do nothing")
                        .param(id)
                        .update();
            }
            String mark = MARKS + noted().orElseThrow();
            if (!store.keys(mark).contains(mark)) {
                throw new IllegalStateException(
                        "The content of this database lies elsewhere: there is no " + mark + " in "
                                + place()
                                + ". Set temper.blobs.folder or temper.blobs.s3 as the other replicas have it; if the content"
                                + " was lost, put an empty file there under that name.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<UUID> noted() {
        return jdbc.sql("select id from blob_home").query(UUID.class).optional();
    }

    private void leave(UUID id) throws IOException {
        Path mark = Files.createDirectories(folders.staging()).resolve(id.toString());
        try {
            store.put(MARKS + id, Files.createFile(mark));
        } finally {
            Files.deleteIfExists(mark);
        }
    }

    private String place() {
        return s3.bucket() == null ? folders.content().toString() : "the bucket " + s3.bucket();
    }
}
