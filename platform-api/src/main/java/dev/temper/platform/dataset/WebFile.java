package dev.temper.platform.dataset;

import dev.temper.data.augment.PublicAddress;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file at an address that a customer names. Addresses in private networks are refused, at each step of a redirect, too.
 *
 * @param name as the address ends
 */
record WebFile(String name, URI address, boolean allowPrivate) {
    /** What comes while its user waits; larger ones are uploaded in parts, where they can be gone on with. */
    static final long LARGEST = 256L << 20;

    private static final String FIELD = "/url";
    private static final String FORM = "https://data.example.com/rows.jsonl";
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Set<Integer> MOVED = Set.of(301, 302, 303, 307, 308);
    private static final int REDIRECTS = 5;

    static WebFile at(String typed, boolean allowPrivate) {
        try {
            URI address = new URI(typed.strip());
            String scheme = String.valueOf(address.getScheme());
            if (scheme.matches("https?") && address.getHost() != null && address.getUserInfo() == null) {
                Path last = address.getPath().isEmpty()
                        ? null
                        : Path.of(address.getPath()).getFileName();
                return new WebFile(last == null ? address.getHost() : last.toString(), address, allowPrivate);
            }
        } catch (URISyntaxException | IllegalArgumentException noAddress) {
            throw wrong().because(noAddress);
        }
        throw wrong();
    }

    private static Problem wrong() {
        return ErrorCode.FIELD_NOT_IN_FORM.at(FIELD).with("form", FORM);
    }

    /** Hands on what is there, to its end. */
    void into(OutputStream out) throws IOException {
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).build()) {
            URI now = address;
            for (int step = 0; step <= REDIRECTS; step++) {
                HttpResponse<InputStream> answer = ask(http, now);
                try (InputStream body = answer.body()) {
                    URI next = next(now, answer);
                    if (next == null) {
                        copy(answer, body, out);
                        return;
                    }
                    now = next;
                }
            }
            throw unavailable("redirects");
        }
    }

    private HttpResponse<InputStream> ask(HttpClient http, URI now) throws IOException {
        // Every time, because each may lead elsewhere. Java keeps what it resolved for some seconds, so that the
        // connection goes to the addresses looked at here.
        try {
            if (!allowPrivate && !PublicAddress.is(now.getHost())) {
                throw ErrorCode.ADDRESS_PRIVATE.at(FIELD).with("host", now.getHost());
            }
            return http.send(HttpRequest.newBuilder(now).timeout(PATIENCE).build(), BodyHandlers.ofInputStream());
        } catch (UnknownHostException unknown) {
            throw unavailable("no such host").because(unknown);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        } catch (IOException broken) {
            throw unavailable(String.valueOf(broken.getMessage())).because(broken);
        }
    }

    private @Nullable URI next(URI now, HttpResponse<InputStream> answer) {
        if (!MOVED.contains(answer.statusCode())) {
            return null;
        }
        URI next = now.resolve(answer.headers().firstValue("Location").orElse(""));
        return at(next.toString(), allowPrivate).address();
    }

    private static void copy(HttpResponse<InputStream> answer, InputStream body, OutputStream out) throws IOException {
        if (answer.statusCode() != 200) {
            throw unavailable(String.valueOf(answer.statusCode()));
        }
        byte[] buffer = new byte[1 << 16];
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long left = LARGEST;
        for (int some = body.read(buffer); some >= 0; some = body.read(buffer)) {
            left -= some;
            if (left < 0 || System.nanoTime() > deadline) {
                throw ErrorCode.ADDRESS_FILE_TOO_LARGE.at(FIELD).with("limit", LARGEST >> 20);
            }
            out.write(buffer, 0, some);
        }
    }

    private static Problem unavailable(String why) {
        return ErrorCode.ADDRESS_UNAVAILABLE.at(FIELD).with("why", why);
    }
}
