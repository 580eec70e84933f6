package dev.temper.platform.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The hash of a row, computed as the database's {@code audit_hash} does it when the row is written. */
final class ChainHash {
    /** What the first row of a chain carries as the hash of the row before it. */
    static final String NONE = "0".repeat(64);

    private ChainHash() {}

    static String of(AuditEvent event) {
        return at(event.seq(), event);
    }

    /** The hash the row would have at another place of its chain. */
    static String at(long seq, AuditEvent event) {
        MessageDigest sha = sha256();
        sha.update("temper-audit-1;".getBytes(StandardCharsets.UTF_8));
        field(sha, event.id());
        field(sha, event.tenantId());
        field(sha, seq);
        field(sha, ChronoUnit.MICROS.between(Instant.EPOCH, event.at()));
        field(sha, event.actorKind());
        field(sha, event.actorId());
        field(sha, event.actorName());
        field(sha, event.action());
        field(sha, event.targetType());
        field(sha, event.targetId());
        field(sha, event.targetName());
        field(sha, event.requestId());
        field(sha, event.address());
        field(sha, event.before());
        field(sha, event.after());
        field(sha, event.previousHash());
        return HexFormat.of().formatHex(sha.digest());
    }

    private static void field(MessageDigest sha, @Nullable Object value) {
        if (value == null) {
            sha.update("-;".getBytes(StandardCharsets.UTF_8));
            return;
        }
        byte[] text = value.toString().getBytes(StandardCharsets.UTF_8);
        sha.update((text.length + ":").getBytes(StandardCharsets.UTF_8));
        sha.update(text);
        sha.update((byte) ';');
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
