package dev.temper.web.launch;

import java.security.SecureRandom;
import java.util.Base64;

/** Passwords and keys that nobody has to remember. */
final class RandomSecret {
    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomSecret() {}

    /** 144 bits as 24 letters, digits, - and _. */
    static String password() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(18));
    }

    /** 256 bits in base 64. */
    static String key() {
        return Base64.getEncoder().encodeToString(bytes(32));
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
