package dev.temper.platform.blob;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * In a bucket. An object is there once its last byte is, so that no half content has a key. What was put or asked for as a file
 * is also kept in a folder of this machine for a while: what is stored is mostly read soon.
 */
final class S3Store implements BlobStore, AutoCloseable {
    /** Above this an object is sent in parts; S3 takes no more than 5 GiB at once. */
    private static final long IN_ONE = 64 << 20;

    /** S3 takes no more parts than that of an object. */
    private static final int PARTS = 10_000;

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final S3Client s3;
    private final String bucket;
    private final Path cache;
    private final long inOne;

    S3Store(S3Client s3, String bucket, Path cache) {
        this(s3, bucket, cache, IN_ONE);
    }

    /**
     * One with another limit.
     *
     * @param inOne how much is sent at once, and how long a part is; S3's own servers want 5 MiB or more
     */
    S3Store(S3Client s3, String bucket, Path cache, long inOne) {
        this.s3 = s3;
        this.bucket = bucket;
        this.cache = cache;
        this.inOne = inOne;
    }

    static S3Client client(S3Settings settings) {
        S3ClientBuilder client = S3Client.builder()
                .region(Region.of(settings.region()))
                .forcePathStyle(settings.pathStyle())
                .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(PATIENCE))
                // The newer checksums of Amazon's are refused by other servers; ours are the keys themselves.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
        URI endpoint = settings.endpoint();
        if (endpoint != null) {
            client.endpointOverride(endpoint);
        }
        String key = settings.accessKey();
        client.credentialsProvider(
                key == null
                        ? DefaultCredentialsProvider.builder().build()
                        : StaticCredentialsProvider.create(
                                AwsBasicCredentials.create(key, Objects.requireNonNull(settings.secretKey()))));
        return client.build();
    }

    @Override
    public void put(String key, Path file) throws IOException {
        BlobStore.check(key);
        try {
            if (!exists(key)) {
                if (Files.size(file) <= inOne) {
                    s3.putObject(to -> to.bucket(bucket).key(key), file);
                } else {
                    putInParts(key, file);
                }
            }
        } catch (SdkException e) {
            throw failed(key, e);
        }
        Path kept = cache.resolve(key);
        Files.createDirectories(Objects.requireNonNull(kept.getParent()));
        Files.move(file, kept, StandardCopyOption.ATOMIC_MOVE);
    }

    private boolean exists(String key) {
        try {
            s3.headObject(of -> of.bucket(bucket).key(key));
            return true;
        } catch (NoSuchKeyException none) {
            return false;
        }
    }

    private void putInParts(String key, Path file) throws IOException {
        long size = Files.size(file);
        long length = Math.max(inOne, Math.ceilDiv(size, PARTS));
        String upload =
                s3.createMultipartUpload(to -> to.bucket(bucket).key(key)).uploadId();
        boolean done = false;
        try {
            List<CompletedPart> parts = new ArrayList<>();
            for (long from = 0; from < size; from += length) {
                long start = from;
                long some = Math.min(length, size - from);
                int number = parts.size() + 1;
                String tag = s3.uploadPart(
                                part -> part.bucket(bucket)
                                        .key(key)
                                        .uploadId(upload)
                                        .partNumber(number)
                                        .contentLength(some),
                                RequestBody.fromContentProvider(
                                        () -> part(file, start, some), some, "application/octet-stream"))
                        .eTag();
                parts.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
            }
            s3.completeMultipartUpload(
                    whole -> whole.bucket(bucket).key(key).uploadId(upload).multipartUpload(all -> all.parts(parts)));
            done = true;
        } finally {
            if (!done) {
                s3.abortMultipartUpload(of -> of.bucket(bucket).key(key).uploadId(upload));
            }
        }
    }

    /** Opened anew each time it is sent again. */
    private static InputStream part(Path file, long from, long length) {
        try {
            InputStream in = Files.newInputStream(file);
            in.skipNBytes(from);
            return new BoundedInput(in, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public InputStream open(String key, long from) throws IOException {
        BlobStore.check(key);
        try {
            InputStream kept = Files.newInputStream(cache.resolve(key));
            kept.skipNBytes(from);
            return kept;
        } catch (NoSuchFileException notKept) {
            return fetch(key, from);
        }
    }

    private InputStream fetch(String key, long from) throws IOException {
        try {
            return s3.getObject(of -> {
                of.bucket(bucket).key(key);
                if (from > 0) {
                    of.range("bytes=" + from + "-");
                }
            });
        } catch (NoSuchKeyException none) {
            throw missing(key, none);
        } catch (S3Exception refused) {
            if (refused.statusCode() == 416) {
                return InputStream.nullInputStream(); // from its very end on
            }
            throw failed(key, refused);
        } catch (SdkException e) {
            throw failed(key, e);
        }
    }

    @Override
    public void delete(String key) throws IOException {
        BlobStore.check(key);
        try {
            s3.deleteObject(of -> of.bucket(bucket).key(key));
        } catch (SdkException e) {
            throw failed(key, e);
        }
        Files.deleteIfExists(cache.resolve(key));
    }

    @Override
    public List<String> keys(String prefix) throws IOException {
        try {
            return s3.listObjectsV2Paginator(of -> of.bucket(bucket).prefix(prefix)).contents().stream()
                    .map(S3Object::key)
                    .sorted()
                    .toList();
        } catch (SdkException e) {
            throw failed(prefix, e);
        }
    }

    @Override
    public Path file(String key) throws IOException {
        BlobStore.check(key);
        Path kept = cache.resolve(key);
        if (Files.exists(kept)) {
            // What was not asked for in a long time is swept away.
            Files.setLastModifiedTime(kept, FileTime.from(Clock.systemUTC().instant()));
            return kept;
        }
        Path folder = Files.createDirectories(Objects.requireNonNull(kept.getParent()));
        Path coming = folder.resolve(UUID.randomUUID() + ".coming");
        try (InputStream in = fetch(key, 0)) {
            Files.copy(in, coming);
            Files.move(coming, kept, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(coming);
        }
        return kept;
    }

    @Override
    public void forget(Instant before) throws IOException {
        try {
            List<MultipartUpload> dead = s3.listMultipartUploadsPaginator(of -> of.bucket(bucket)).uploads().stream()
                    .filter(upload -> upload.initiated().isBefore(before))
                    .toList();
            dead.forEach(upload -> s3.abortMultipartUpload(
                    of -> of.bucket(bucket).key(upload.key()).uploadId(upload.uploadId())));
        } catch (SdkException e) {
            throw failed("unfinished uploads", e);
        }
    }

    private static NoSuchFileException missing(String key, Exception cause) {
        var missing = new NoSuchFileException(key);
        missing.initCause(cause);
        return missing;
    }

    private static IOException failed(String key, SdkException cause) {
        return new IOException("The S3 server failed over " + key + ": " + cause.getMessage(), cause);
    }

    @Override
    public void close() {
        s3.close();
    }
}
