package dev.temper.platform.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** Against a real S3 server, on this machine, that checks signatures. */
class S3StoreTest implements BlobStoreContract {
    private static final String BUCKET = "temper";
    private static final int PART = 5 << 20;

    private static @Nullable S3Proxy server;
    private static @Nullable S3Client client;

    @TempDir
    private Path cache;

    @TempDir
    private Path elsewhere;

    @BeforeAll
    static void serve() throws Exception {
        S3Proxy proxy = S3Proxy.builder()
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, "key", "secret")
                .blobStore(new TransientNio2BlobStore())
                .build();
        proxy.start();
        server = proxy;
        await().until(() -> proxy.getState().equals("STARTED"));
        client = S3Store.client(settings("secret"));
        client().createBucket(bucket -> bucket.bucket(BUCKET));
    }

    @AfterAll
    static void stop() throws Exception {
        client().close();
        if (server != null) {
            server.stop();
        }
    }

    @Override
    public BlobStore store() {
        return new S3Store(client(), BUCKET, cache, PART);
    }

    @Test
    void anotherReplicaReadsWhatOneHasPut(@TempDir Path folder) throws IOException {
        byte[] large = new byte[2 * PART + 3];
        new Random(1).nextBytes(large);
        store().put("s1/ab/large", Files.write(folder.resolve("large"), large));
        BlobStore replica = new S3Store(client(), BUCKET, elsewhere, PART);

        try (InputStream whole = replica.open("s1/ab/large", 0);
                InputStream end = replica.open("s1/ab/large", 2L * PART);
                InputStream nothing = replica.open("s1/ab/large", large.length)) {
            assertThat(whole.readAllBytes()).isEqualTo(large);
            assertThat(end.readAllBytes()).hasSize(3);
            assertThat(nothing.readAllBytes()).isEmpty();
        }
        Path copy = replica.file("s1/ab/large");
        assertThat(copy).hasBinaryContent(large);
        assertThat(replica.file("s1/ab/large")).isEqualTo(copy);
        replica.delete("s1/ab/large");
        assertThat(copy).doesNotExist();
        assertThat(replica.keys("s1/")).isEmpty();
    }

    @Test
    void whatWasBegunAndNeverEndedIsForgotten() throws IOException {
        client().createMultipartUpload(of -> of.bucket(BUCKET).key("s2/ab/dead"));

        store().forget(Instant.now().minusSeconds(60));
        assertThat(begun()).isEqualTo(1);
        store().forget(Instant.now().plusSeconds(60));
        assertThat(begun()).isZero();
    }

    @Test
    void aKeyThatIsRefusedSaysSo(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("x"), "x");
        try (var refused = new S3Store(S3Store.client(settings("wrong")), BUCKET, cache)) {
            assertThatThrownBy(() -> refused.put("s3/ab/x", file))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("The S3 server failed");
        }
        assertThat(file).exists();
    }

    private static int begun() {
        return client().listMultipartUploads(of -> of.bucket(BUCKET)).uploads().size();
    }

    private static S3Client client() {
        if (client == null) {
            throw new IllegalStateException("not started");
        }
        return client;
    }

    private static S3Settings settings(String secret) {
        if (server == null) {
            throw new IllegalStateException("not started");
        }
        URI endpoint = URI.create("http://127.0.0.1:" + server.getPort());
        return new S3Settings(BUCKET, endpoint, "us-east-1", "key", secret, true);
    }
}
