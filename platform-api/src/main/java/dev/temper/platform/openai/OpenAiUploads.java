package dev.temper.platform.openai;

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
import java.io.InputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Files of the dialect in parts of any size; their order is said at the end. Each part is stored as it comes. */
@Service
public class OpenAiUploads {
    private static final String OWNER = "openai-upload";
    private static final Duration LIFE = Duration.ofHours(1);
    private static final long MOST = 8L << 30;
    private static final long MOST_OF_A_PART = 64L << 20;

    private final JdbcClient jdbc;
    private final Blobs blobs;
    private final OpenAiFiles files;
    private final Audit audit;
    private final Clock clock;
    private final TransactionTemplate transaction;

    OpenAiUploads(
            JdbcClient jdbc,
            Blobs blobs,
            OpenAiFiles files,
            Audit audit,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.blobs = blobs;
        this.files = files;
        this.audit = audit;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    private record Kept(
            UUID id,
            String name,
            String purpose,
            long size,
            String state,
            @Nullable UUID fileId,
            Instant createdAt,
            Instant expiresAt) {}

    @Transactional
    public UploadObject begin(String name, String purpose, long size) {
        Caller.current().require(Permission.WRITE);
        Purpose.known(purpose);
        if (size < 0 || size > MOST) {
            throw ErrorCode.FIELD_OUT_OF_RANGE.at("/bytes").with("min", 0).with("max", MOST);
        }
        blobs.refuseAboveQuota(size);
        UUID id = Ids.next();
        Instant now = clock.instant();
        jdbc.sql("""
                insert into openai_uploads (id, tenant_id, name, purpose, size, state, created_by, created_at, expires_at)
                values (?, ?, ?, ?, ?, 'PENDING', ?, ?, ?)
                """)
                .params(
                        id,
                        TenantScope.require(),
                        name,
                        purpose,
                        size,
                        Caller.current().requirePerson(),
                        Timestamp.from(now),
                        Timestamp.from(now.plus(LIFE)))
                .update();
        audit.record(AuditAction.UPLOAD_STARTED, AuditTarget.of("upload", id, name), null, Map.of("size", size));
        return view(find(id));
    }

    /** Stores a part; it stays for as long as the upload needs it. */
    public UploadObject.Part part(UUID id, long size, OpenAiFiles.Sent sent) {
        Caller.current().require(Permission.WRITE);
        Objects.requireNonNull(transaction.execute(_ -> pending(id)));
        if (size > MOST_OF_A_PART) {
            throw ErrorCode.FIELD_OUT_OF_RANGE.at("/data").with("min", 0).with("max", MOST_OF_A_PART);
        }
        Blob blob = blobs.store(out -> {
            try (InputStream in = sent.open()) {
                in.transferTo(out);
            }
        });
        UUID part = Ids.next();
        Instant now = clock.instant();
        transaction.executeWithoutResult(_ -> {
            pending(id);
            blobs.hold(blob.hash(), new BlobOwner(OWNER, id));
            jdbc.sql("""
                    insert into openai_upload_parts (id, tenant_id, upload_id, hash, size, created_at)
                    values (?, ?, ?, ?, ?, ?)
                    """)
                    .params(part, TenantScope.require(), id, blob.hash(), blob.size(), Timestamp.from(now))
                    .update();
        });
        return new UploadObject.Part(PublicId.PART.of(part), now.getEpochSecond(), PublicId.UPLOAD.of(id));
    }

    /** Makes the parts one file, in the order that is said. */
    public UploadObject complete(UUID id, List<String> parts, @Nullable String md5) {
        Caller.current().require(Permission.WRITE);
        Kept upload = Objects.requireNonNull(transaction.execute(_ -> pending(id)));
        List<String> hashes = Objects.requireNonNull(transaction.execute(_ -> parts.stream()
                .map(part -> jdbc.sql("select hash from openai_upload_parts where upload_id = ? and id = ?")
                        .params(id, PublicId.PART.read(part))
                        .query(String.class)
                        .optional()
                        .orElseThrow(() ->
                                ErrorCode.FIELD_NOT_IN_FORM.at("/part_ids").with("form", "part_… of this upload")))
                .toList()));
        MessageDigest digest = md5();
        Blob whole = blobs.store(out -> {
            try (DigestOutputStream hashed = new DigestOutputStream(out, digest)) {
                for (String hash : hashes) {
                    try (InputStream in = blobs.open(hash, 0)) {
                        in.transferTo(hashed);
                    }
                }
            }
        });
        String actual = HexFormat.of().formatHex(digest.digest());
        if (whole.size() != upload.size()) {
            throw ErrorCode.UPLOAD_DAMAGED.with("expected", upload.size()).with("actual", whole.size());
        }
        if (md5 != null && !md5.equalsIgnoreCase(actual)) {
            throw ErrorCode.UPLOAD_DAMAGED.with("expected", md5).with("actual", actual);
        }
        return Objects.requireNonNull(transaction.execute(_ -> {
            pending(id);
            FileObject file = files.keep(upload.name(), upload.purpose(), whole);
            end(id, "COMPLETED", PublicId.FILE.read(file.id()));
            audit.record(AuditAction.UPLOAD_FINISHED, AuditTarget.of("upload", id, upload.name()), null, whole);
            return view(find(id));
        }));
    }

    @Transactional
    public UploadObject cancel(UUID id) {
        Caller.current().require(Permission.WRITE);
        Kept upload = pending(id);
        end(id, "CANCELLED", null);
        audit.record(AuditAction.UPLOAD_CANCELLED, AuditTarget.of("upload", id, upload.name()), null, null);
        return view(find(id));
    }

    private void end(UUID id, String state, @Nullable UUID file) {
        blobs.release(new BlobOwner(OWNER, id));
        jdbc.sql("delete from openai_upload_parts where upload_id = ?")
                .param(id)
                .update();
        jdbc.sql("update openai_uploads set state = ?, file_id = ? where id = ?")
                .params(Arrays.asList(state, file, id))
                .update();
    }

    private Kept pending(UUID id) {
        jdbc.sql("select from openai_uploads where id = ? for update")
                .param(id)
                .query()
                .listOfRows();
        Kept upload = find(id);
        if (!upload.state().equals("PENDING") || upload.expiresAt().isBefore(clock.instant())) {
            throw ErrorCode.UPLOAD_FINISHED.problem();
        }
        return upload;
    }

    private Kept find(UUID id) {
        return jdbc.sql("select * from openai_uploads where id = ?")
                .param(id)
                .query(OpenAiUploads::kept)
                .optional()
                .orElseThrow(ErrorCode.NOT_FOUND::problem);
    }

    private UploadObject view(Kept upload) {
        return new UploadObject(
                PublicId.UPLOAD.of(upload.id()),
                upload.size(),
                upload.createdAt().getEpochSecond(),
                upload.expiresAt().getEpochSecond(),
                upload.name(),
                upload.purpose(),
                upload.state().toLowerCase(Locale.ROOT),
                upload.fileId() == null ? null : files.get(upload.fileId()));
    }

    private static Kept kept(ResultSet row, int index) throws SQLException {
        return new Kept(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("purpose"),
                row.getLong("size"),
                row.getString("state"),
                row.getObject("file_id", UUID.class),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("expires_at").toInstant());
    }

    /** What clients of the dialect send to compare by; it guards against accidents, not against anybody. */
    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
