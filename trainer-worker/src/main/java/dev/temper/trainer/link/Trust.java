package dev.temper.trainer.link;

import dev.temper.contract.CodedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Who may say that they are the platform, where that is not for the public authorities to say. */
public final class Trust {
    private Trust() {}

    /**
     * Those alone who are certified by one of these.
     *
     * @param certificates one or more, as PEM
     * @throws CodedException {@code certificate_unreadable}
     */
    public static SSLContext in(Path certificates) {
        try (InputStream pem = Files.newInputStream(certificates)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                store.setCertificateEntry("platform-" + store.size(), certificate);
            }
            if (store.size() == 0) {
                throw unreadable(certificates, "it holds none");
            }
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw unreadable(certificates, String.valueOf(e.getMessage())).because(e);
        }
    }

    private static CodedException unreadable(Path file, String why) {
        return CodedException.user(
                "certificate_unreadable",
                "No certificate could be read from " + file + ": " + why + ".",
                "Give the certificate of the authority that certified the platform's, as PEM.");
    }
}
