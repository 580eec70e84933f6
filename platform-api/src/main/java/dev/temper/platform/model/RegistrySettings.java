package dev.temper.platform.model;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code temper.models.*}.
 *
 * @param folder base models, a folder or a GGUF file each, which are shared with every tenant when the platform starts
 * @param included the same for those that come with the platform; its command names it
 * @param importFolders below which a platform admin may name folders and GGUF files to import
 * @param hub where models are fetched from
 */
@ConfigurationProperties("temper.models")
record RegistrySettings(
        @DefaultValue("models") Path folder,
        @Nullable Path included,
        @DefaultValue List<Path> importFolders,
        @DefaultValue Hub hub) {
    RegistrySettings {
        importFolders = List.copyOf(importFolders);
    }

    /**
     * {@code temper.models.hub.*}.
     *
     * @param endpoint a hub that speaks the protocol of Hugging Face, or a mirror of it
     * @param token what imports for every tenant show to the hub; a tenant's own imports bring their own
     * @param allowPrivate whether the hub may redirect into private networks
     */
    record Hub(
            @DefaultValue("https://huggingface.co") String endpoint,
            @Nullable String token,
            @DefaultValue("false") boolean allowPrivate) {}
}
