package dev.temper.platform.tenant;

import dev.temper.platform.common.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/** What a password must be, and the slow hash it is kept as. */
@Component
class Passwords {
    static final int MIN = 10;

    /** BCrypt reads no further. */
    static final int MAX_BYTES = 72;

    private static final Set<String> COMMON = Set.of(
            "1234567890",
            "0123456789",
            "12345678910",
            "qwertyuiop",
            "password12",
            "password123",
            "passwordpassword",
            "1q2w3e4r5t",
            "1qaz2wsx3edc",
            "iloveyou12",
            "administrator",
            "changeme123",
            "letmein123",
            "welcome123",
            "woaini1314",
            "qwerty123456",
            "a123456789",
            "123456789a",
            "abc1234567",
            "abcdefghij",
            "temper1234");

    private final PasswordEncoder encoder;
    private final String nobodys;

    Passwords(PasswordEncoder encoder) {
        this.encoder = encoder;
        this.nobodys = hash(Token.make());
    }

    /** Checks a new password of a person and hashes it. */
    String accept(String field, String password, String email) {
        if (password.codePointCount(0, password.length()) < MIN) {
            throw ErrorCode.PASSWORD_TOO_SHORT.at(field).with("min", MIN);
        }
        if (password.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw ErrorCode.PASSWORD_TOO_LONG.at(field).with("max", MAX_BYTES);
        }
        String plain = password.toLowerCase(Locale.ROOT);
        boolean oneLetter = plain.codePoints().distinct().count() < 4;
        if (oneLetter || COMMON.contains(plain) || plain.equals(email)) {
            throw ErrorCode.PASSWORD_TOO_COMMON.at(field);
        }
        return hash(password);
    }

    boolean matches(String password, String hash) {
        return fits(password) && encoder.matches(password, hash);
    }

    /** Takes as long as a real check, so that an unknown address can't be told from a wrong password. */
    void matchNobody(String password) {
        matches(password, nobodys);
    }

    boolean outdated(String hash) {
        return encoder.upgradeEncoding(hash);
    }

    /** A random one to hand to somebody. */
    String make() {
        return Token.make().substring(0, 20);
    }

    String hash(String password) {
        return java.util.Objects.requireNonNull(encoder.encode(password));
    }

    private static boolean fits(String password) {
        return password.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
    }
}
