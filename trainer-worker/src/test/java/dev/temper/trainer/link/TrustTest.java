package dev.temper.trainer.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.temper.contract.CodedException;
import dev.temper.contract.link.Heartbeat;
import dev.temper.contract.link.HeartbeatAnswer;
import dev.temper.contract.link.LinkJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A platform behind TLS with a certificate that no public authority knows. */
class TrustTest {
    private static final String PASSWORD = "for tests only";

    private static final AtomicInteger ASKED = new AtomicInteger();

    @TempDir
    private static Path folder;

    private static HttpsServer server;

    @BeforeAll
    static void aPlatformBehindTls() throws IOException, InterruptedException, GeneralSecurityException {
        Path store = folder.resolve("keys.p12");
        keytool(
                "-genkeypair",
                "-alias",
                "platform",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD);
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "platform",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD,
                "-file",
                certificate().toString());
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context(store)));
        server.createContext("/", exchange -> {
            ASKED.incrementAndGet();
            byte[] answer = LinkJson.write(new HeartbeatAnswer(List.of(), List.of(), false));
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    @BeforeEach
    void nobodyHasAsked() {
        ASKED.set(0);
    }

    @AfterAll
    static void end() {
        server.stop(0);
    }

    @Test
    void aPlatformThatNobodyVouchesForIsToldNothing() {
        assertThatThrownBy(() -> beat(null)).isInstanceOf(IOException.class).hasMessageContaining("certification path");
        assertThat(ASKED).hasValue(0);
    }

    @Test
    void oneWhoseAuthorityIsGivenIsBelieved() throws IOException {
        beat(Trust.in(certificate()));

        assertThat(ASKED).hasValue(1);
    }

    @Test
    void whatIsNoCertificateIsRefused() throws IOException {
        Path wrong = Files.writeString(folder.resolve("wrong.pem"), "no certificate");

        assertThatThrownBy(() -> Trust.in(wrong))
                .isInstanceOfSatisfying(
                        CodedException.class,
                        refused -> assertThat(refused.code()).isEqualTo("certificate_unreadable"));
    }

    private void beat(@Nullable SSLContext trust) throws IOException {
        URI address = URI.create("https://localhost:" + server.getAddress().getPort());
        try (PlatformLink link = new PlatformLink(address, "credential", trust)) {
            link.heartbeat(new Heartbeat(List.of(), List.of(), 0, 0), Duration.ofSeconds(10));
        }
    }

    private static Path certificate() {
        return folder.resolve("platform.pem");
    }

    private static SSLContext context(Path store) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
}
