package dev.temper.platform.blob;

import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.TenantScope;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The blobs of the tenant in scope. Who may see one is for the feature that refers to it to say.
 *
 * <p>Whoever puts or removes bytes holds the row's lock meanwhile, so that a blob is never collected while the same content
 * is being stored again: the row comes first, then the bytes, then the commit.
 */
@Service
public class Blobs {
    private final BlobStore store;
    private final BlobFolders folders;
    private final BlobSettings settings;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Blobs(
            BlobStore store,
            BlobFolders folders,
            BlobSettings settings,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.store = store;
        this.folders = folders;
        this.settings = settings;
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** Under it lies every file that {@link #file} names, and what is being made may lie there too. */
    public Path folder() {
        return folders.root();
    }

    /** Where something may be made, under a name of its own. Whoever makes it removes it; what a crash leaves goes later. */
    public Path staging(String name) {
        return folders.staging().resolve(name);
    }

    /** Begins to write; {@link #store(StagedBlob)} keeps what was written, closing it throws that away. */
    public StagedBlob stage() {
        return StagedBlob.in(folders.staging());
    }

    /**
     * Keeps what was written. It stays for the {@linkplain BlobSettings#grace grace} even if nothing {@linkplain #hold
     * holds} it. Call it outside of a transaction: large content takes its time.
     */
    public Blob store(StagedBlob staged) {
        return store(staged, _ -> {});
    }

    /**
     * The same, if it is what it should be.
     *
     * @param check throws if it is not
     */
    Blob store(StagedBlob staged, Consumer<Blob> check) {
        try {
            Blob blob = staged.finish();
            check.accept(blob);
            Instant now = clock.instant();
            transaction.executeWithoutResult(_ -> {
                refuseAboveQuota(blob);
                jdbc.sql("""
                        insert into blobs (tenant_id, hash, size, created_at, kept_until) values (?, ?, ?, ?, ?)
                        on conflict (tenant_id, hash) do update set kept_until = excluded.kept_until
                        """)
                        .params(
                                TenantScope.require(),
                                blob.hash(),
                                blob.size(),
                                Timestamp.from(now),
                                Timestamp.from(now.plus(settings.grace())))
                        .update();
                put(blob.hash(), staged.file());
            });
            return blob;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes and keeps in one go. */
    public Blob store(StagedBlob.Writing writing) {
        try (StagedBlob staged = stage()) {
            writing.to(staged.lent());
            return store(staged);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Transactional(readOnly = true)
    public Optional<Blob> find(String hash) {
        return jdbc.sql("select hash, size from blobs where tenant_id = ? and hash = ?")
                .params(TenantScope.require(), hash)
                .query(Blob.class)
                .optional();
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

    /** Says that something needs the blob, in the transaction that makes it need it. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void hold(String hash, BlobOwner owner) {
        // The lock keeps the collector away until the reference is there for it to see.
        if (jdbc.sql("select from blobs where tenant_id = ? and hash = ? for update")
                .params(TenantScope.require(), hash)
                .query()
                .listOfRows()
                .isEmpty()) {
            throw ErrorCode.NOT_FOUND.problem();
        }
        jdbc.sql("""
                insert into blob_references (tenant_id, hash, kind, owner) values (?, ?, ?, ?)
                on conflict do nothing
                """)
                .params(TenantScope.require(), hash, owner.kind(), owner.id())
                .update();
    }

    /** Says that something needs its blobs no more. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void release(BlobOwner owner) {
        jdbc.sql("delete from blob_references where tenant_id = ? and kind = ? and owner = ?")
                .params(TenantScope.require(), owner.kind(), owner.id())
                .update();
    }

    /** How many bytes the tenant has stored, with what its open uploads have claimed. */
    @Transactional(readOnly = true)
    public long used() {
        return jdbc.sql("""
                        select (select coalesce(sum(size), 0) from blobs where tenant_id = ?)
                             + (select coalesce(sum(size), 0) from uploads where tenant_id = ? and state = 'OPEN')
                        """)
                .params(TenantScope.require(), TenantScope.require())
                .query(Long.class)
                .single();
    }

    /** Refuses before the bytes come what the quota would refuse after. */
    @Transactional(readOnly = true)
    public void refuseAboveQuota(long more) {
        long used = used();
        if (more > settings.quota().toBytes() - used) {
            throw ErrorCode.STORAGE_QUOTA_EXCEEDED
                    .with("quota", settings.quota().toBytes())
                    .with("used", used)
                    .with("size", more);
        }
    }

    private void refuseAboveQuota(Blob blob) {
        // One at a time in a tenant, or two could both fit where only one does.
        jdbc.sql("select pg_advisory_xact_lock(hashtext('temper blobs'), hashtext(?))")
                .param(TenantScope.require().toString())
                .query(rs -> {});
        if (find(blob.hash()).isEmpty()) {
            refuseAboveQuota(blob.size());
        }
    }

    /**
     * Removes blobs of the tenant in scope that nothing holds and whose grace is over.
     *
     * @return how many
     */
    int collect() {
        Integer gone = transaction.execute(_ -> {
            List<String> unneeded = jdbc.sql("""
                            select hash from blobs b
                            where tenant_id = ? and kept_until < ?
                              and not exists (select from blob_references r
                                              where r.tenant_id = b.tenant_id and r.hash = b.hash)
                            limit 1000
                            for update skip locked
                            """)
                    .params(TenantScope.require(), Timestamp.from(clock.instant()))
                    .query((row, _) -> row.getString(1))
                    .list();
            unneeded.stream().filter(this::unneeded).forEach(this::remove);
            return unneeded.size();
        });
        return gone == null ? 0 : gone;
    }

    /**
     * Removes bytes of the tenant in scope that no row tells of: a crash between the bytes and the commit leaves such.
     *
     * @return how many
     */
    int collectStrays() {
        int gone = 0;
        for (String hash : strays()) {
            gone += Boolean.TRUE.equals(transaction.execute(_ -> removeStray(hash))) ? 1 : 0;
        }
        return gone;
    }

    private List<String> strays() {
        String folder = TenantScope.require() + "/";
        List<String> stored;
        try {
            stored = store.keys(folder).stream()
                    .filter(key -> !key.startsWith(Uploads.folder()))
                    .map(key -> key.substring(key.lastIndexOf('/') + 1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Objects.requireNonNull(transaction.execute(_ -> jdbc.sql("""
                        select stored.hash from unnest(?::text[]) stored (hash)
                        where not exists (select from blobs b where b.tenant_id = ? and b.hash = stored.hash)
                        """)
                .params(stored.toArray(String[]::new), TenantScope.require())
                .query((row, _) -> row.getString(1))
                .list()));
    }

    /** Whoever stores the same content just now has put the row already, uncommitted: putting it too waits for them. */
    private boolean removeStray(String hash) {
        Timestamp now = Timestamp.from(clock.instant());
        boolean stray =
                jdbc.sql("""
                                insert into blobs (tenant_id, hash, size, created_at, kept_until) values (?, ?, 0, ?, ?)
                                on conflict do nothing
                                """).params(TenantScope.require(), hash, now, now).update() == 1;
        if (stray) {
            remove(hash);
        }
        return stray;
    }

    /** Looked at again under the lock: somebody may have stored or held it while it was waited for. */
    private boolean unneeded(String hash) {
        return jdbc.sql("""
                        select kept_until < ? and not exists (
                            select from blob_references r where r.tenant_id = b.tenant_id and r.hash = b.hash)
                        from blobs b where tenant_id = ? and hash = ?
                        """)
                .params(Timestamp.from(clock.instant()), TenantScope.require(), hash)
                .query(Boolean.class)
                .single();
    }

    private void remove(String hash) {
        try {
            store.delete(key(hash));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        jdbc.sql("delete from blobs where tenant_id = ? and hash = ?")
                .params(TenantScope.require(), hash)
                .update();
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
        return TenantScope.require() + "/" + hash.substring(0, 2) + "/" + hash;
    }
}
