package dev.temper.platform.tenant;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * {@code temper.security.*}.
 *
 * @param secret what secrets in the database are encrypted under: 32 random bytes in base 64, kept outside of it and the
 *     same for every replica
 */
@ConfigurationProperties("temper.security")
record SecretsSettings(@Nullable String secret) {
    @Override
    public String toString() {
        return "SecretsSettings[]";
    }
}
