package dev.temper.web.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import org.springframework.core.env.MapPropertySource;

/** What secrets in the embedded database are encrypted under: made once and kept beside the database, not in it. */
final class EncryptionSecret {
    static final String SETTING = "temper.security.secret";

    private static final String FILE = "encryption-secret";
    private static final int BYTES = 32;

    private EncryptionSecret() {}

    static MapPropertySource in(DataFolder folder) {
        return new MapPropertySource("encryption secret", Map.of(SETTING, read(folder)));
    }

    private static String read(DataFolder folder) {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            byte[] secret = new byte[BYTES];
            new SecureRandom().nextBytes(secret);
            folder.writePrivately(FILE, Base64.getEncoder().encodeToString(secret) + "\n");
        }
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw folder.unusable(e);
        }
    }
}
