package dev.temper.platform.tenant.database;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code temper.database.*}: where the database is.
 *
 * @param username the application's role; neither a superuser nor allowed BYPASSRLS
 * @param ownerUsername the role that migrates; the application's own where it is not given
 * @param connections at most so many at once
 */
@Validated
@ConfigurationProperties("temper.database")
public record DatabaseSettings(
        @NotBlank String url,
        @NotBlank String username,
        @DefaultValue("") String password,
        @Nullable String ownerUsername,
        @Nullable String ownerPassword,
        @Min(2) @Max(1000) @DefaultValue("20") int connections) {}
