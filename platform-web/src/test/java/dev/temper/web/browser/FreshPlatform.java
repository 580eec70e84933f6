package dev.temper.web.browser;

import dev.temper.db.TestDatabase;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** The platform as it is started for people, on a database of its own. */
public final class FreshPlatform implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    @Override
    public void initialize(ConfigurableApplicationContext context) {
        Map<String, Object> settings = new HashMap<>(TestDatabase.migrated().settings());
        settings.put("temper.security.secret", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
        // A test's receivers are on this machine.
        settings.put("temper.webhooks.allow-private", "true");
        settings.put(
                "temper.models.included",
                Path.of("../models").toAbsolutePath().normalize().toString());
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test platform", settings));
    }
}
