package dev.temper.platform.tenant;

import dev.samstevens.totp.code.CodeGenerator;
import dev.samstevens.totp.code.DefaultCodeGenerator;
import dev.samstevens.totp.exceptions.CodeGenerationException;
import dev.samstevens.totp.exceptions.QrGenerationException;
import dev.samstevens.totp.qr.QrData;
import dev.samstevens.totp.qr.ZxingPngQrGenerator;
import dev.samstevens.totp.secret.DefaultSecretGenerator;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.OptionalLong;

/** Time-based one-time codes (RFC 6238): six digits, a new one every 30 s, one step of clock drift forgiven. */
final class Totp {
    private static final int PERIOD_SECONDS = 30;
    private static final int DRIFT_STEPS = 1;
    private static final CodeGenerator CODES = new DefaultCodeGenerator();

    private Totp() {}

    static TotpOffer offer(String email) {
        String secret = new DefaultSecretGenerator().generate();
        QrData data = new QrData.Builder()
                .label(email)
                .secret(secret)
                .issuer("Temper")
                .digits(6)
                .period(PERIOD_SECONDS)
                .build();
        try {
            byte[] png = new ZxingPngQrGenerator().generate(data);
            return new TotpOffer(
                    secret,
                    data.getUri(),
                    "data:image/png;base64," + Base64.getEncoder().encodeToString(png));
        } catch (QrGenerationException e) {
            throw new IllegalStateException("The QR code of a URI this short always fits", e);
        }
    }

    /**
     * The step a code belongs to, if it is good.
     *
     * @param lastStep the step of the last code that was used; that one and those before it are spent
     */
    static OptionalLong accept(String secret, String code, Instant now, long lastStep) {
        long current = now.getEpochSecond() / PERIOD_SECONDS;
        OptionalLong found = OptionalLong.empty();
        for (long step = current - DRIFT_STEPS; step <= current + DRIFT_STEPS; step++) {
            if (same(code(secret, step), code.strip()) && step > lastStep) {
                found = OptionalLong.of(step);
            }
        }
        return found;
    }

    /** What the app shows at a moment. */
    static String codeAt(String secret, Instant moment) {
        return code(secret, moment.getEpochSecond() / PERIOD_SECONDS);
    }

    private static String code(String secret, long step) {
        try {
            return CODES.generate(secret, step);
        } catch (CodeGenerationException e) {
            throw new IllegalStateException("Every Java has HMAC-SHA-1", e);
        }
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
