package dev.temper.platform.tenant.database;

import com.zaxxer.hikari.HikariDataSource;
import dev.temper.db.DatabaseAccess;
import dev.temper.db.Schema;
import jakarta.persistence.EntityManagerFactory;
import java.time.Duration;
import org.hibernate.cfg.MultiTenancySettings;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/** Two logins to one database, and the tenant of the running code shown to Hibernate and to PostgreSQL alike. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DatabaseSettings.class)
class DatabaseConfiguration {
    /** Connections that are held for good: who plans holds its lock on one, what is told comes in by another. */
    private static final int KEPT = 2;

    @Bean
    DatabaseAccess databaseAccess(DatabaseSettings settings) {
        return new DatabaseAccess(
                settings.url(),
                settings.username(),
                settings.password(),
                settings.ownerUsername(),
                settings.ownerPassword());
    }

    /** The pool works as the application. */
    @Bean
    HikariDataSource dataSource(DatabaseAccess access, DatabaseSettings settings) {
        var pool = new HikariDataSource();
        pool.setPoolName("temper");
        pool.setJdbcUrl(access.url());
        pool.setUsername(access.username());
        pool.setPassword(access.password());
        pool.setMaximumPoolSize(settings.connections());
        // Where the database is gone, people are told so while they still look.
        pool.setConnectionTimeout(Duration.ofSeconds(5).toMillis());
        return pool;
    }

    @Bean
    FlywayConfigurationCustomizer migrationsAsOwner(DatabaseAccess access) {
        return configuration -> Schema.configure(configuration, access);
    }

    @Bean
    FlywayMigrationStrategy checkThenMigrate(DatabaseAccess access) {
        return flyway -> Schema.migrate(flyway, access);
    }

    @Bean
    HibernatePropertiesCustomizer tenantOfEntities() {
        return properties -> properties.put(MultiTenancySettings.MULTI_TENANT_IDENTIFIER_RESOLVER, new CurrentTenant());
    }

    @Bean
    PlatformTransactionManager transactionManager(
            EntityManagerFactory entityManagerFactory, DatabaseSettings settings) {
        int turns = Math.max(1, settings.connections() - KEPT);
        return new TenantTransactions(entityManagerFactory, new Line(turns, Duration.ofSeconds(30)));
    }
}
