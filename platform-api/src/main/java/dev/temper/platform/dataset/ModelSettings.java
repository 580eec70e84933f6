package dev.temper.platform.dataset;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code temper.models.*}.
 *
 * @param folder base models, a folder each, whose tokenizers count tokens
 * @param included the same for those that come with the platform; its command names it
 * @param allowPrivateEndpoints whether recipes may ask models in private networks, the platform's own among them
 */
@ConfigurationProperties("temper.models")
record ModelSettings(
        @DefaultValue("models") Path folder,
        @Nullable Path included,
        @DefaultValue("false") boolean allowPrivateEndpoints) {}
