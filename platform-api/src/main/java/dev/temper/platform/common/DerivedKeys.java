package dev.temper.platform.common;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Keys for signing and sealing, each derived for its purpose from {@code temper.security.secret}, so that every replica has
 * the same. Without that setting they are made anew at each start: cursors and kept answers then end with the process.
 */
@Component
class DerivedKeys {
    private static final Logger log = LoggerFactory.getLogger(DerivedKeys.class);
    private static final String ALGORITHM = "HmacSHA256";

    private final byte[] root;

    DerivedKeys(@Value("${temper.security.secret:}") String configured) {
        if (configured.isBlank()) {
            log.info("temper.security.secret is not set: cursors and kept answers hold until this process ends");
            root = new byte[32];
            new SecureRandom().nextBytes(root);
        } else {
            root = Base64.getDecoder().decode(configured.strip());
        }
    }

    SecretKey of(String purpose) {
        return new SecretKeySpec(mac(new SecretKeySpec(root, ALGORITHM), "temper " + purpose), ALGORITHM);
    }

    static byte[] mac(SecretKey key, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + ALGORITHM, e);
        }
    }
}
