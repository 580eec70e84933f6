package dev.temper.platform.dataset;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code temper.models.*}, what of it is about models elsewhere.
 *
 * @param allowPrivateEndpoints whether recipes may ask models in private networks, the platform's own among them
 */
@ConfigurationProperties("temper.models")
record ModelSettings(@DefaultValue("false") boolean allowPrivateEndpoints) {}
