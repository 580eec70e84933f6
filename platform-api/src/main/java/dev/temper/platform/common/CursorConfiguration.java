package dev.temper.platform.common;

import java.security.SecureRandom;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class CursorConfiguration {
    @Bean
    Cursors cursors() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return new Cursors(new SecretKeySpec(key, "HmacSHA256"));
    }
}
