package dev.temper.platform.blob;

import dev.temper.platform.audit.Audit;
import dev.temper.platform.audit.AuditAction;
import dev.temper.platform.audit.AuditTarget;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Ids;
import dev.temper.platform.common.Keyset;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.TenantScope;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Large files in parts of {@value #PART_SIZE} bytes, each kept for good once it has come whole: whatever breaks, only the
 * parts that are {@linkplain UploadView#missing missing} are sent again. Whoever began an upload goes on with it, from any
 * browser and after any restart.
 */
@Service
public class Uploads {
    public static final int PART_SIZE = 8 << 20;

    private static final int NAME = 255;
    private static final UUID LAST = new UUID(-1, -1);

    private final UploadTable uploads;
    private final Blobs blobs;
    private final BlobStore store;
    private final BlobSettings settings;
    private final Audit audit;
    private final Clock clock;
    private final TransactionTemplate transaction;

    Uploads(
            UploadTable uploads,
            Blobs blobs,
            BlobStore store,
            BlobSettings settings,
            Audit audit,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.uploads = uploads;
        this.blobs = blobs;
        this.store = store;
        this.settings = settings;
        this.audit = audit;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * Begins an upload; its size counts against the quota from now on.
     *
     * @param name of the file
     * @param size of the file in bytes
     * @param expected the SHA-256 of the file, to be compared at the end; null if the sender does not know it
     */
    public UploadView begin(String name, long size, @Nullable String expected) {
        UUID person = sender();
        String clean = name("/name", name);
        if (size < 0) {
            throw ErrorCode.FIELD_OUT_OF_RANGE.at("/size").with("min", 0).with("max", "∞");
        }
        if (expected != null && !expected.matches("[0-9a-f]{64}")) {
            throw ErrorCode.FIELD_NOT_IN_FORM.at("/hash").with("form", "SHA-256, 64 × 0–9 a–f");
        }
        Instant now = clock.instant();
        UploadRow upload = new UploadRow(
                Ids.next(), clean, size, PART_SIZE, expected, UploadState.OPEN, null, now, now.plus(settings.grace()));
        UploadView view = upload.view(Map.of());
        transaction.executeWithoutResult(_ -> {
            blobs.refuseAboveQuota(size);
            uploads.insert(upload, person);
            audit.record(AuditAction.UPLOAD_STARTED, target(upload), null, Map.of("size", size));
        });
        return view;
    }

    /** What the caller has begun and not finished, newest first. */
    public Page<UploadView> unfinished(PageQuery page) {
        UUID person = sender();
        UUID before = page.after().map(key -> key.uuid(0)).orElse(LAST);
        List<UploadView> found = Objects.requireNonNull(transaction.execute(
                _ -> uploads.unfinished(person, before, page.fetch()).stream()
                        .map(upload -> upload.view(uploads.parts(upload.id())))
                        .toList()));
        return page.slice(found, upload -> Keyset.of(upload.id()));
    }

    public UploadView get(UUID id) {
        UUID person = sender();
        return Objects.requireNonNull(transaction.execute(_ -> {
            UploadRow upload = uploads.find(id, person).orElseThrow(ErrorCode.NOT_FOUND::problem);
            return upload.view(uploads.parts(id));
        }));
    }

    /**
     * Keeps a part. The same part may come again; another content under its number is of another file and refused.
     *
     * @param expected the SHA-256 of the part, to be compared; null if the sender does not say
     */
    public void part(UUID id, int number, InputStream content, @Nullable String expected) {
        UUID person = sender();
        UploadRow seen = Objects.requireNonNull(
                transaction.execute(_ -> uploads.find(id, person).orElseThrow(ErrorCode.NOT_FOUND::problem)));
        int length = seen.length(number);
        try (StagedBlob staged = blobs.stage()) {
            // One byte more than there should be tells that there is too much.
            new BoundedInput(content, length + 1L).transferTo(staged);
            if (staged.size() != length) {
                throw ErrorCode.UPLOAD_PART_SIZE.with("part", number + 1).with("bytes", length);
            }
            Blob part = staged.finish();
            if (expected != null && !expected.equals(part.hash())) {
                throw ErrorCode.UPLOAD_PART_DAMAGED.with("part", number + 1);
            }
            transaction.executeWithoutResult(_ -> keep(id, person, number, part, staged));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void keep(UUID id, UUID person, int number, Blob part, StagedBlob staged) {
        UploadRow upload = uploads.lock(id, person).orElseThrow(ErrorCode.NOT_FOUND::problem);
        String before = uploads.part(id, number).orElse(null);
        if (upload.state() != UploadState.OPEN) {
            throw ErrorCode.UPLOAD_FINISHED.problem();
        }
        if (before == null) {
            put(key(id, number, part.hash()), staged);
            uploads.insertPart(id, number, part.hash());
        } else if (!before.equals(part.hash())) {
            throw ErrorCode.UPLOAD_OTHER_FILE.with("part", number + 1);
        }
        uploads.keep(id, clock.instant().plus(settings.grace()));
    }

    /** Makes the parts one blob, which is compared with what the sender said it is. Doing it again changes nothing. */
    public UploadView finish(UUID id) {
        UUID person = sender();
        UploadRow upload = Objects.requireNonNull(transaction.execute(_ -> startFinishing(id, person)));
        if (upload.state() == UploadState.FINISHED) {
            return upload.view(Map.of());
        }
        boolean done = false;
        try {
            Blob blob = assemble(upload);
            UploadView view = Objects.requireNonNull(transaction.execute(_ -> {
                // Cancelled meanwhile: there is nothing to hold it.
                if (uploads.lock(id, person).isEmpty()) {
                    throw ErrorCode.NOT_FOUND.problem();
                }
                blobs.hold(blob.hash(), upload.owner());
                uploads.move(id, UploadState.FINISHED, blob.hash());
                uploads.deleteParts(id);
                audit.record(AuditAction.UPLOAD_FINISHED, target(upload), null, blob);
                afterCommit(() -> removeParts(id));
                return uploads.find(id, person).orElseThrow().view(Map.of());
            }));
            done = true;
            return view;
        } catch (NoSuchFileException partsAreGone) {
            // Another request has finished it meanwhile, or cancelled it.
            UploadView now = get(id);
            if (now.state() == UploadState.FINISHED) {
                done = true;
                return now;
            }
            throw new UncheckedIOException(partsAreGone);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (!done) {
                transaction.executeWithoutResult(_ -> reopen(id, person));
            }
        }
    }

    /** From here its size is counted as that of the blob it becomes, not twice. */
    private UploadRow startFinishing(UUID id, UUID person) {
        UploadRow upload = uploads.lock(id, person).orElseThrow(ErrorCode.NOT_FOUND::problem);
        if (upload.state() == UploadState.FINISHED) {
            return upload;
        }
        List<Integer> missing = upload.view(uploads.parts(id)).missing();
        if (!missing.isEmpty()) {
            throw ErrorCode.UPLOAD_INCOMPLETE
                    .with("missing", missing.size())
                    .with("parts", upload.parts())
                    .with("part", missing.getFirst() + 1);
        }
        uploads.move(id, UploadState.FINISHING, null);
        return upload;
    }

    private void reopen(UUID id, UUID person) {
        uploads.lock(id, person)
                .filter(upload -> upload.state() == UploadState.FINISHING)
                .ifPresent(upload -> uploads.move(id, UploadState.OPEN, null));
    }

    private Blob assemble(UploadRow upload) throws IOException {
        Map<Integer, String> parts = Objects.requireNonNull(transaction.execute(_ -> uploads.parts(upload.id())));
        try (StagedBlob whole = blobs.stage()) {
            for (Map.Entry<Integer, String> part : parts.entrySet()) {
                try (InputStream in = store.open(key(upload.id(), part.getKey(), part.getValue()), 0)) {
                    in.transferTo(whole);
                }
            }
            return blobs.store(whole, blob -> {
                if (upload.expected() != null && !upload.expected().equals(blob.hash())) {
                    throw ErrorCode.UPLOAD_DAMAGED
                            .with("expected", upload.expected())
                            .with("actual", blob.hash());
                }
            });
        }
    }

    /** Forgets an upload and its parts. What it has become stays where something else needs it. */
    public void cancel(UUID id) {
        UUID person = sender();
        transaction.executeWithoutResult(_ -> {
            UploadRow upload = uploads.lock(id, person).orElseThrow(ErrorCode.NOT_FOUND::problem);
            blobs.release(upload.owner());
            uploads.delete(id);
            audit.record(AuditAction.UPLOAD_CANCELLED, target(upload), null, null);
            afterCommit(() -> removeParts(id));
        });
    }

    /** Gives up what nobody went on with in the tenant in scope, and removes parts that a crash left without their upload. */
    void sweep() {
        transaction.executeWithoutResult(_ -> uploads.expired(clock.instant()).forEach(upload -> {
            blobs.release(upload.owner());
            uploads.delete(upload.id());
        }));
        for (String key : keys(folder())) {
            UUID id = UUID.fromString(key.substring(folder().length()).replaceFirst("/.*", ""));
            if (Boolean.FALSE.equals(transaction.execute(_ -> uploads.exists(id)))) {
                delete(key);
            }
        }
    }

    /** Bytes go when it is certain that their rows have gone; what a crash leaves in between the sweep finds. */
    private static void afterCommit(Runnable work) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                work.run();
            }
        });
    }

    private void removeParts(UUID id) {
        keys(folder() + id + "/").forEach(this::delete);
    }

    private List<String> keys(String prefix) {
        try {
            return store.keys(prefix);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void delete(String key) {
        try {
            store.delete(key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void put(String key, StagedBlob staged) {
        try {
            store.put(key, staged.file());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the parts of the tenant in scope lie. */
    static String folder() {
        return TenantScope.require() + "/uploads/";
    }

    /** With the hash, so that what a rolled back attempt left under a number is never taken for another's content. */
    private static String key(UUID id, int number, String hash) {
        return folder() + id + "/" + number + "-" + hash;
    }

    private static UUID sender() {
        Caller.current().require(Permission.WRITE);
        return Caller.current().requirePerson();
    }

    private static String name(String field, String typed) {
        String clean = typed.strip();
        if (clean.isEmpty()) {
            throw ErrorCode.FIELD_REQUIRED.at(field);
        }
        if (clean.length() > NAME) {
            throw ErrorCode.FIELD_TOO_LONG.at(field).with("max", NAME);
        }
        if (clean.codePoints()
                .anyMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE)) {
            throw ErrorCode.FIELD_UNSTORABLE_TEXT.at(field);
        }
        return clean;
    }

    private static AuditTarget target(UploadRow upload) {
        return AuditTarget.of("upload", upload.id(), upload.name());
    }
}
