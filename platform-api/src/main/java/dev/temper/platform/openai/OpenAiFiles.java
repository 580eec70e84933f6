package dev.temper.platform.openai;

import dev.temper.data.recipe.Recipe;
import dev.temper.data.shape.Mapping;
import dev.temper.data.shape.Shape;
import dev.temper.platform.audit.Audit;
import dev.temper.platform.audit.AuditAction;
import dev.temper.platform.audit.AuditTarget;
import dev.temper.platform.blob.Blob;
import dev.temper.platform.blob.BlobOwner;
import dev.temper.platform.blob.Blobs;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Ids;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.TenantScope;
import dev.temper.platform.dataset.ImportView;
import dev.temper.platform.dataset.Imports;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Files under the dialect's ids. One to be trained on becomes a dataset version at once; the bytes stay as they came. */
@Service
public class OpenAiFiles {
    private static final String OWNER = "openai-file";
    private static final UUID LAST = new UUID(-1, -1);
    private static final UUID FIRST = new UUID(0, 0);

    private final JdbcClient jdbc;
    private final Blobs blobs;
    private final Imports imports;
    private final Audit audit;
    private final Clock clock;
    private final TransactionTemplate transaction;

    OpenAiFiles(
            JdbcClient jdbc,
            Blobs blobs,
            Imports imports,
            Audit audit,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.blobs = blobs;
        this.imports = imports;
        this.audit = audit;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** A file as its row has it. */
    record Kept(
            UUID id,
            String name,
            String purpose,
            String hash,
            long size,
            @Nullable UUID importId,
            Instant createdAt) {}

    /** Opens what is sent. */
    @FunctionalInterface
    public interface Sent {
        InputStream open() throws IOException;
    }

    /** Stores a file; one to be trained on is looked through and read into a dataset. */
    public FileObject create(String name, String purpose, long size, Sent sent) {
        Caller.current().require(Permission.WRITE);
        Purpose.known(purpose);
        if (name.isBlank()) {
            throw ErrorCode.FIELD_REQUIRED.at("/file");
        }
        blobs.refuseAboveQuota(size);
        return keep(name.strip(), purpose, blobs.store(out -> {
            try (InputStream in = sent.open()) {
                in.transferTo(out);
            }
        }));
    }

    /** Makes a file of bytes that are stored already. */
    FileObject keep(String name, String purpose, Blob blob) {
        if (purpose.equals(Purpose.FINE_TUNE)) {
            try (InputStream in = blobs.open(blob.hash(), 0)) {
                TrainingLines.check(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        UUID id = Ids.next();
        return Objects.requireNonNull(transaction.execute(_ -> {
            UUID reading = purpose.equals(Purpose.FINE_TUNE)
                    ? imports.start(new Imports.Wanted(
                                    null, null, name, blob, Mapping.of(Shape.MESSAGES), Recipe.EMPTY))
                            .id()
                    : null;
            blobs.hold(blob.hash(), new BlobOwner(OWNER, id));
            jdbc.sql("""
                    insert into openai_files (id, tenant_id, name, purpose, hash, size, import_id, created_by, created_at)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """)
                    .params(Arrays.asList(
                            id,
                            TenantScope.require(),
                            name,
                            purpose,
                            blob.hash(),
                            blob.size(),
                            reading,
                            Caller.current().requirePerson(),
                            Timestamp.from(clock.instant())))
                    .update();
            FileObject file = get(id);
            audit.record(AuditAction.FILE_ADDED, AuditTarget.of("file", id, name), null, file);
            return file;
        }));
    }

    @Transactional(readOnly = true)
    public FileObject get(UUID id) {
        Caller.current().require(Permission.READ);
        return view(find(id));
    }

    /** By age, from one on; only of a purpose where one is named. */
    @Transactional(readOnly = true)
    public List<FileObject> list(@Nullable UUID after, @Nullable String purpose, boolean oldestFirst, int limit) {
        Caller.current().require(Permission.READ);
        UUID from = after != null ? after : oldestFirst ? FIRST : LAST;
        String page = oldestFirst ? "id > ? order by id limit ?" : "id < ? order by id desc limit ?";
        return jdbc
                .sql("select * from openai_files where (?::text is null or purpose = ?) and " + page)
                .params(Arrays.asList(purpose, purpose, from, limit))
                .query(OpenAiFiles::kept)
                .list()
                .stream()
                .map(this::view)
                .toList();
    }

    /** The bytes as they came; that they were taken is noted. */
    @Transactional
    public InputStream open(UUID id) {
        Caller.current().require(Permission.READ);
        Kept file = find(id);
        audit.record(
                AuditAction.FILE_TAKEN, AuditTarget.of("file", id, file.name()), null, Map.of("sha256", file.hash()));
        return blobs.open(file.hash(), 0);
    }

    /** The dataset that was made of it stays: versions may be in use. */
    @Transactional
    public void delete(UUID id) {
        Caller.current().require(Permission.WRITE);
        Kept file = find(id);
        blobs.release(new BlobOwner(OWNER, id));
        jdbc.sql("delete from openai_files where id = ?").param(id).update();
        audit.record(AuditAction.FILE_DELETED, AuditTarget.of("file", id, file.name()), view(file), null);
    }

    Kept find(UUID id) {
        return jdbc.sql("select * from openai_files where id = ?")
                .param(id)
                .query(OpenAiFiles::kept)
                .optional()
                .orElseThrow(ErrorCode.NOT_FOUND::problem);
    }

    private FileObject view(Kept file) {
        ImportView reading = file.importId() == null ? null : imports.get(file.importId());
        String status = reading == null
                ? "processed"
                : switch (reading.state()) {
                    case QUEUED, RUNNING -> "uploaded";
                    case SUCCEEDED -> "processed";
                    case MAPPING_NEEDED, FAILED, CANCELLED -> "error";
                };
        return new FileObject(
                PublicId.FILE.of(file.id()),
                file.size(),
                file.createdAt().getEpochSecond(),
                file.name(),
                file.purpose(),
                status,
                reading == null ? null : reading.failure());
    }

    private static Kept kept(ResultSet row, int index) throws SQLException {
        return new Kept(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("purpose"),
                row.getString("hash"),
                row.getLong("size"),
                row.getObject("import_id", UUID.class),
                row.getTimestamp("created_at").toInstant());
    }
}
