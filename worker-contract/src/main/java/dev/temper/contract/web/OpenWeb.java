package dev.temper.contract.web;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Reads what lies at addresses that somebody else names: each step of a redirect is looked at before it is taken. */
public final class OpenWeb {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private static final Set<Integer> MOVED = Set.of(301, 302, 303, 307, 308);
    private static final int REDIRECTS = 5;

    private final Predicate<URI> trusted;
    private final Duration patience;

    /**
     * @param trusted addresses that may lie in a private network
     * @param patience how long nothing may come
     */
    public OpenWeb(Predicate<URI> trusted, Duration patience) {
        this.trusted = trusted;
        this.patience = patience;
    }

    /**
     * What was answered at the end of the redirects, whatever its status.
     *
     * @param body fails once nothing has come for a while
     */
    public record Answer(int status, InputStream body) implements Closeable {
        @Override
        public void close() throws IOException {
            body.close();
        }
    }

    /** An address that leads nowhere one may go. */
    public static final class Astray extends IOException {
        /** Where it leads. */
        public enum To {
            CIRCLES,
            NO_ADDRESS,
            PRIVATE_NETWORK
        }

        private final To to;
        private final String host;

        private Astray(To to, URI place) {
            super(to + ": " + place.getHost());
            this.to = to;
            this.host = String.valueOf(place.getHost());
        }

        public String host() {
            return host;
        }

        public To to() {
            return to;
        }
    }

    /** @param dress adds headers, for each address of the way its own */
    public Answer get(URI first, BiConsumer<URI, HttpRequest.Builder> dress) throws IOException {
        URI place = first;
        for (int hop = 0; hop <= REDIRECTS; hop++) {
            require(place);
            HttpRequest.Builder request = HttpRequest.newBuilder(place).timeout(patience);
            dress.accept(place, request);
            HttpResponse<InputStream> answer = send(request.build());
            if (!MOVED.contains(answer.statusCode())) {
                return new Answer(answer.statusCode(), new FlowingStream(answer.body(), patience));
            }
            answer.body().close();
            place = next(place, answer.headers().firstValue("Location").orElse(""));
        }
        throw new Astray(Astray.To.CIRCLES, place);
    }

    /**
     * What was answered to a body, whatever its status; the answer's own body is not read. A redirect is an answer like any
     * other: what is sent goes to nobody who was not named.
     */
    public int post(URI place, String body, Consumer<HttpRequest.Builder> dress) throws IOException {
        require(place);
        // Offered HTTP/2 without TLS, some small servers lose the body.
        HttpRequest.Builder request = HttpRequest.newBuilder(place)
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(patience)
                .POST(BodyPublishers.ofString(body));
        dress.accept(request);
        HttpResponse<InputStream> answer = send(request.build());
        answer.body().close();
        return answer.statusCode();
    }

    /**
     * Goes on only if one may go there. Asked every time, because each may lead elsewhere. Java keeps what it resolved for some seconds, so that the connection goes
     * to the addresses looked at here.
     */
    public void require(URI place) throws IOException {
        String scheme = String.valueOf(place.getScheme());
        if (place.getHost() == null || place.getUserInfo() != null || !scheme.matches("https?")) {
            throw new Astray(Astray.To.NO_ADDRESS, place);
        }
        if (!trusted.test(place) && !PublicAddress.is(place.getHost())) {
            throw new Astray(Astray.To.PRIVATE_NETWORK, place);
        }
    }

    private static URI next(URI place, String target) throws Astray {
        try {
            return place.resolve(target);
        } catch (IllegalArgumentException _) {
            throw new Astray(Astray.To.NO_ADDRESS, place);
        }
    }

    private static HttpResponse<InputStream> send(HttpRequest request) throws IOException {
        try {
            return HTTP.send(request, BodyHandlers.ofInputStream());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(
                    "Stopped while asking " + request.uri().getHost());
        }
    }
}
