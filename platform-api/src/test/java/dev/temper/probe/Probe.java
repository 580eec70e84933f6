package dev.temper.probe;

import dev.temper.db.TestDatabase;
import dev.temper.platform.common.ScopedTransactions;
import dev.temper.platform.common.SettableClock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.transaction.PlatformTransactionManager;

/** The running application and how to reach it. */
public final class Probe implements AutoCloseable {
    private final TestDatabase database = TestDatabase.migrated();
    private final ConfigurableApplicationContext context;

    /** Starts with these settings beside the usual ones. */
    public Probe(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(Map.of(
                "server.port", "0",
                "spring.main.banner-mode", "off",
                "spring.flyway.enabled", "false",
                "spring.session.jdbc.initialize-schema", "never",
                "spring.threads.virtual.enabled", "true",
                "logging.level.root", "warn",
                "temper.rate-limit.per-address", "100000",
                "temper.rate-limit.per-key", "100000",
                "temper.rate-limit.per-session", "100000"));
        all.put("spring.datasource.url", database.access().url());
        all.put("spring.datasource.username", database.access().username());
        all.put("spring.datasource.password", database.access().password());
        all.putAll(settings);
        SpringApplication application = new SpringApplication(Application.class);
        application.setDefaultProperties(all);
        this.context = application.run();
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public int port() {
        return Objects.requireNonNull(((ServletWebServerApplicationContext) context).getWebServer())
                .getPort();
    }

    public TestDatabase database() {
        return database;
    }

    @Override
    public void close() {
        context.close();
        database.close();
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @ComponentScan("dev.temper.platform.common")
    @Import({ProbeController.class, ProbeCaller.class})
    static class Application {
        @Bean
        @Primary
        PlatformTransactionManager transactionManager(DataSource source) {
            return new ScopedTransactions(source);
        }

        @Bean
        @Primary
        SettableClock settableClock() {
            return new SettableClock(Instant.parse("2026-11-23T08:00:00Z"));
        }

        @Bean
        SecurityFilterChain everythingGoes(HttpSecurity http) {
            return http.csrf(AbstractHttpConfigurer::disable)
                    .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                    .build();
        }
    }
}
