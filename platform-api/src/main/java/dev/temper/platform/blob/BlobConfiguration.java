package dev.temper.platform.blob;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({BlobSettings.class, S3Settings.class})
class BlobConfiguration {
    @Bean
    BlobFolders blobFolders(BlobSettings settings) {
        return BlobFolders.under(settings.folder());
    }

    @Bean
    BlobStore blobStore(BlobFolders folders, S3Settings s3) {
        return s3.bucket() == null
                ? new FolderStore(folders.content())
                : new S3Store(S3Store.client(s3), s3.bucket(), folders.cache());
    }
}
