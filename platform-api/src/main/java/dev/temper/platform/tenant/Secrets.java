package dev.temper.platform.tenant;

import dev.temper.platform.common.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Keeps secrets that must be read again, so that a copy of the database alone gives none away: AES-256-GCM under
 * {@code temper.security.secret}, bound to the row they belong to.
 */
@Component
public class Secrets {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BYTES = 32;

    private final @Nullable SecretKey key;
    private final SecureRandom random = new SecureRandom();

    Secrets(SecretsSettings settings) {
        String encoded = settings.secret();
        this.key = encoded == null || encoded.isBlank() ? null : read(encoded);
    }

    public byte[] encrypt(UUID owner, String secret) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = run(Cipher.ENCRYPT_MODE, owner, nonce, secret.getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.allocate(NONCE_BYTES + sealed.length)
                .put(nonce)
                .put(sealed)
                .array();
    }

    public String decrypt(UUID owner, byte[] encrypted) {
        byte[] nonce = java.util.Arrays.copyOf(encrypted, NONCE_BYTES);
        byte[] sealed = java.util.Arrays.copyOfRange(encrypted, NONCE_BYTES, encrypted.length);
        return new String(run(Cipher.DECRYPT_MODE, owner, nonce, sealed), StandardCharsets.UTF_8);
    }

    private byte[] run(int mode, UUID owner, byte[] nonce, byte[] input) {
        if (key == null) {
            throw ErrorCode.SECRETS_KEY_MISSING.problem();
        }
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(owner.toString().getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw ErrorCode.SECRETS_KEY_MISSING.problem().because(e);
        }
    }

    private static SecretKey read(String encoded) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(encoded.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("temper.security.secret is not base 64", e);
        }
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException(
                    "temper.security.secret holds %d bytes; it needs %d, as from: openssl rand -base64 32"
                            .formatted(bytes.length, KEY_BYTES));
        }
        return new SecretKeySpec(bytes, "AES");
    }
}
