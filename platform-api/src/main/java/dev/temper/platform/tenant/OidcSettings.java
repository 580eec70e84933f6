package dev.temper.platform.tenant;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code temper.oidc.*}; the providers themselves are {@code spring.security.oauth2.client.registration.*}.
 *
 * @param createUsers whether somebody with a verified address but no account gets one at their first sign-in; they
 *     still belong to no tenant until one invites them
 */
@ConfigurationProperties("temper.oidc")
record OidcSettings(@DefaultValue("false") boolean createUsers) {}
