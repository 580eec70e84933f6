package dev.temper.platform.blob;

import dev.temper.platform.common.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Content of the platform's own, the same for every tenant, counted against nobody's quota. It stays until it is removed
 * by whoever refers to it. As with {@link Blobs}, the row comes first, then the bytes, then the commit.
 */
@Service
public class SharedBlobs {
    /** No tenant's folder: those are named by their ids. */
    private static final String FOLDER = "shared/";

    private final BlobStore store;
    private final BlobFolders folders;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;

    SharedBlobs(
            BlobStore store,
            BlobFolders folders,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.store = store;
        this.folders = folders;
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** Writes and keeps in one go. Call it outside of a transaction: large content takes its time. */
    public Blob store(StagedBlob.Writing writing) {
        try (StagedBlob staged = StagedBlob.in(folders.staging())) {
            writing.to(staged.lent());
            Blob blob = staged.finish();
            transaction.executeWithoutResult(_ -> {
                jdbc.sql("""
                        insert into shared_blobs (hash, size, created_at) values (?, ?, ?)
                        on conflict (hash) do update set created_at = excluded.created_at
                        """)
                        .params(blob.hash(), blob.size(), Timestamp.from(clock.instant()))
                        .update();
                put(blob.hash(), staged.file());
            });
            return blob;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Transactional(readOnly = true)
    public Optional<Blob> find(String hash) {
        return jdbc.sql("select hash, size from shared_blobs where hash = ?")
                .param(hash)
                .query(Blob.class)
                .optional();
    }

    /** Keeps it from being removed until the transaction that refers to it has committed. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void require(String hash) {
        if (jdbc.sql("select from shared_blobs where hash = ? for update")
                .param(hash)
                .query()
                .listOfRows()
                .isEmpty()) {
            throw ErrorCode.NOT_FOUND.problem();
        }
    }

    /** Removes what nothing refers to any more, in the transaction that made it so. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void remove(String hash) {
        require(hash);
        try {
            store.delete(key(hash));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        jdbc.sql("delete from shared_blobs where hash = ?").param(hash).update();
    }

    /** The bytes of a blob from an offset on. */
    public InputStream open(String hash, long from) {
        try {
            return store.open(key(hash), from);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file with the bytes, for what can only read files. It must not be changed. */
    public Path file(String hash) {
        try {
            return store.file(key(hash));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void put(String hash, Path file) {
        try {
            store.put(key(hash), file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String key(String hash) {
        if (!hash.matches("[0-9a-f]{64}")) {
            throw ErrorCode.NOT_FOUND.problem();
        }
        return FOLDER + hash.substring(0, 2) + "/" + hash;
    }
}
