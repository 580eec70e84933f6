package dev.temper.platform.common;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Does what a request asks for once, however often it comes. Within a tenant the key is claimed, the work done and the
 * answer kept in one transaction: after a crash at any point either all of it is there or nothing, and the same request
 * simply runs. A duplicate that comes meanwhile waits for the first at the claim.
 *
 * <p>Work outside of a tenant may enter one, which no open transaction allows; there the claim is committed before the
 * work and the answer after it. A crash in between leaves a claim without an answer, and the same request is told so
 * instead of being done twice.
 *
 * <p>A refused request keeps nothing, so it can be sent again with the same key once it is put right.
 */
@Component
public class IdempotentRequests {
    /** How long an answer is kept. */
    public static final Duration KEPT = Duration.ofHours(24);

    private static final String WAIT = "10s";
    /** After so long without an answer nobody works on the request any more. */
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private static final int SWEPT_AT_ONCE = 100;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final SecretKey sealing;
    private final SecureRandom random = new SecureRandom();

    IdempotentRequests(JdbcClient jdbc, PlatformTransactionManager transactions, Clock clock, DerivedKeys keys) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
        this.sealing = keys.of("idempotency");
    }

    /**
     * A request that may come more than once.
     *
     * @param key the client's Idempotency-Key; it counts for this actor in this tenant
     * @param fingerprint what is asked for, from {@link #fingerprint}
     */
    public record Request(String key, String fingerprint) {}

    /** Method, path, query and body in one: requests with the same are the same. */
    public static String fingerprint(byte[]... parts) {
        return HexFormat.of().formatHex(sha256(parts));
    }

    /**
     * What came of it.
     *
     * @param repeated whether the answer is that of an earlier request
     */
    public record Outcome(KeptAnswer answer, boolean repeated) {}

    /** Does the work within a transaction, or gives the answer it had; an answer of 400 and above undoes the work. */
    public Outcome once(Request request, Supplier<KeptAnswer> work) {
        UUID tenant = TenantScope.current().orElse(null);
        String id = fingerprint(text(tenant), text(Caller.current().actor().id()), text(request.key()));
        String fingerprint = request.fingerprint();
        Claim claim = new Claim(id, request.key(), fingerprint);
        return tenant == null ? inSteps(claim, work) : inOne(tenant, claim, work);
    }

    private record Claim(String id, String key, String fingerprint) {}

    private Outcome inOne(UUID tenant, Claim claim, Supplier<KeptAnswer> work) {
        return Objects.requireNonNull(transaction.execute(status -> {
            if (!take(claim, tenant)) {
                return new Outcome(kept(claim), true);
            }
            KeptAnswer answer = work.get();
            if (answer.status() >= 400) {
                status.setRollbackOnly();
            } else {
                keep(claim, answer);
            }
            return new Outcome(answer, false);
        }));
    }

    private Outcome inSteps(Claim claim, Supplier<KeptAnswer> work) {
        Optional<KeptAnswer> before = Objects.requireNonNull(
                transaction.execute(_ -> take(claim, null) ? Optional.empty() : Optional.of(kept(claim))));
        if (before.isPresent()) {
            return new Outcome(before.get(), true);
        }
        boolean done = false;
        try {
            KeptAnswer answer = work.get();
            done = answer.status() < 400;
            if (done) {
                transaction.executeWithoutResult(_ -> keep(claim, answer));
            }
            return new Outcome(answer, false);
        } finally {
            if (!done) {
                transaction.executeWithoutResult(_ -> drop(claim));
            }
        }
    }

    private void keep(Claim claim, KeptAnswer answer) {
        jdbc.sql("update idempotency_keys set answer = :answer where id = decode(:id, 'hex')")
                .param("answer", seal(claim.key(), answer.toBytes()))
                .param("id", claim.id())
                .update();
    }

    private void drop(Claim claim) {
        jdbc.sql("delete from idempotency_keys where id = decode(:id, 'hex')")
                .param("id", claim.id())
                .update();
    }

    /** Takes the key, waiting for another that holds it; false if that one has done the work. */
    private boolean take(Claim claim, @Nullable UUID tenant) {
        Instant now = clock.instant();
        // A few outdated answers go with each new one, so that nothing else needs to sweep.
        jdbc.sql("""
                delete from idempotency_keys where id in (
                    select id from idempotency_keys where expires_at <= :now
                    order by id = decode(:id, 'hex') desc limit :some for update skip locked)
                """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("id", claim.id())
                .param("some", SWEPT_AT_ONCE)
                .update();
        try {
            jdbc.sql("set local lock_timeout = '" + WAIT + "'").update();
            int rows = jdbc.sql("""
                    insert into idempotency_keys (id, tenant_id, fingerprint, created_at, expires_at)
                    values (decode(:id, 'hex'), :tenant::uuid, decode(:fingerprint, 'hex'), :now, :expires) on conflict do nothing
                    """)
                    .param("id", claim.id())
                    .param("tenant", tenant)
                    .param("fingerprint", claim.fingerprint())
                    .param("now", now.atOffset(ZoneOffset.UTC))
                    .param("expires", now.plus(KEPT).atOffset(ZoneOffset.UTC))
                    .update();
            jdbc.sql("set local lock_timeout to default").update();
            return rows == 1;
        } catch (PessimisticLockingFailureException | QueryTimeoutException stillRunning) {
            throw stillRunning().because(stillRunning);
        }
    }

    private static Problem stillRunning() {
        return ErrorCode.IDEMPOTENCY_IN_PROGRESS.problem().retryAfter(Duration.ofSeconds(2));
    }

    private KeptAnswer kept(Claim claim) {
        record Row(String fingerprint, @Nullable String answer, Instant at) {}

        Row row = jdbc.sql("""
                select encode(fingerprint, 'hex') as fingerprint, encode(answer, 'hex') as answer, created_at
                from idempotency_keys where id = decode(:id, 'hex')
                """)
                .param("id", claim.id())
                .query((found, _) -> new Row(
                        found.getString("fingerprint"),
                        found.getString("answer"),
                        found.getTimestamp("created_at").toInstant()))
                .single();
        if (!row.fingerprint().equals(claim.fingerprint())) {
            throw ErrorCode.IDEMPOTENCY_KEY_REUSED.at("Idempotency-Key").with("at", row.at());
        }
        if (row.answer() == null) {
            boolean running = row.at().plus(LONGEST).isAfter(clock.instant());
            throw running ? stillRunning() : ErrorCode.IDEMPOTENCY_ANSWER_LOST.with("at", row.at());
        }
        return KeptAnswer.fromBytes(open(claim.key(), row.at(), HexFormat.of().parseHex(row.answer())));
    }

    private byte[] seal(String key, byte[] plain) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed;
        try {
            sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, plain);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has AES-GCM", e);
        }
        return ByteBuffer.allocate(NONCE_BYTES + sealed.length)
                .put(nonce)
                .put(sealed)
                .array();
    }

    private byte[] open(String key, Instant at, byte[] sealed) {
        byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
        try {
            return cipher(Cipher.DECRYPT_MODE, key, nonce, Arrays.copyOfRange(sealed, NONCE_BYTES, sealed.length));
        } catch (GeneralSecurityException keyChanged) {
            throw ErrorCode.IDEMPOTENCY_ANSWER_LOST.with("at", at).because(keyChanged);
        }
    }

    private byte[] cipher(int mode, String key, byte[] nonce, byte[] input) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        SecretKey secret = new SecretKeySpec(DerivedKeys.mac(sealing, key), "AES");
        cipher.init(mode, secret, new GCMParameterSpec(TAG_BITS, nonce));
        return cipher.doFinal(input);
    }

    private static byte[] text(@Nullable Object value) {
        return (value == null ? "-" : value.toString()).getBytes(StandardCharsets.UTF_8);
    }

    /** Each part with its length before it, so that no two lists of parts hash alike. */
    private static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                sha.update(ByteBuffer.allocate(4).putInt(part.length).array());
                sha.update(part);
            }
            return sha.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
