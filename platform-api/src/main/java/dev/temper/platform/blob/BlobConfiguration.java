package dev.temper.platform.blob;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BlobSettings.class)
class BlobConfiguration {
    @Bean
    BlobFolders blobFolders(BlobSettings settings) {
        return BlobFolders.under(settings.folder());
    }

    @Bean
    BlobStore blobStore(BlobFolders folders) {
        return new FolderStore(folders.content());
    }
}
