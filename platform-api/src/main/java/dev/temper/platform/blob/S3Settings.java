package dev.temper.platform.blob;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code temper.blobs.s3.*}.
 *
 * @param bucket a bucket of its own, of Amazon S3 or of a server that speaks its protocol, for content and unfinished uploads;
 *     not set: they lie in {@code temper.blobs.folder}
 * @param endpoint where the server is, as in {@code https://minio.example:9000}; not set: Amazon's
 * @param region of the bucket
 * @param accessKey not set: as Amazon's own tools find it (environment, profile, role of the machine)
 * @param secretKey that goes with the access key
 * @param pathStyle whether the bucket is in the path of addresses, as most servers but Amazon's want it, or in the host
 */
@ConfigurationProperties("temper.blobs.s3")
public record S3Settings(
        @Nullable String bucket,
        @Nullable URI endpoint,
        @DefaultValue("us-east-1") String region,
        @Nullable String accessKey,
        @Nullable String secretKey,
        @DefaultValue("false") boolean pathStyle) {
    public S3Settings {
        if ((accessKey == null) != (secretKey == null)) {
            throw new IllegalArgumentException(
                    "temper.blobs.s3.access-key and temper.blobs.s3.secret-key go together: set both or neither");
        }
    }
}
