package dev.temper.platform;

import dev.temper.db.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Gives a platform that is started in a test its database and the settings it can't do without. */
public final class FreshDatabase implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    @Override
    public void initialize(ConfigurableApplicationContext context) {
        TestDatabase database = TestDatabase.migrated();
        Map<String, Object> settings = new HashMap<>(database.settings());
        settings.put("temper.database.connections", "8");
        settings.put("temper.security.secret", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
        // The test's clock may stand still, and with it the window that requests are counted in.
        settings.put("temper.rate-limit.per-key", "1000000");
        settings.put("temper.rate-limit.per-session", "1000000");
        settings.put("temper.rate-limit.per-address", "1000000");
        // A test that wants a plan makes one.
        settings.put("temper.scheduling.active", "false");
        // A test's receivers are on this machine.
        settings.put("temper.webhooks.allow-private", "true");
        settings.put("temper.blobs.folder", folder().toString());
        settings.put(
                "temper.models.included",
                Path.of("../models").toAbsolutePath().normalize().toString());
        settings.put("spring.jpa.open-in-view", "false");
        settings.put("spring.session.jdbc.initialize-schema", "never");
        settings.put("spring.threads.virtual.enabled", "true");
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test database", settings));
        ConfigurableListableBeanFactory beans = context.getBeanFactory();
        beans.registerSingleton("testDatabase", database);
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("temper-blobs");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
