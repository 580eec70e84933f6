package dev.temper.platform.dataset;

import dev.temper.contract.web.OpenWeb;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;

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
    private static final Duration STALLED = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

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
        try (OpenWeb.Answer answer = ask()) {
            if (answer.status() != 200) {
                throw unavailable(String.valueOf(answer.status()));
            }
            copy(answer.body(), out);
        }
    }

    private OpenWeb.Answer ask() {
        try {
            return new OpenWeb(_ -> allowPrivate, STALLED).get(address, (_, _) -> {});
        } catch (OpenWeb.Astray astray) {
            throw switch (astray.to()) {
                case CIRCLES -> unavailable("redirects");
                case NO_ADDRESS -> wrong();
                case PRIVATE_NETWORK -> ErrorCode.ADDRESS_PRIVATE.at(FIELD).with("host", astray.host());
            };
        } catch (IOException silent) {
            throw unavailable("no answer").because(silent);
        }
    }

    private static void copy(InputStream body, OutputStream out) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long left = LARGEST;
        for (int some = some(body, buffer); some >= 0; some = some(body, buffer)) {
            left -= some;
            if (left < 0 || System.nanoTime() > deadline) {
                throw ErrorCode.ADDRESS_FILE_TOO_LARGE.at(FIELD).with("limit", LARGEST >> 20);
            }
            out.write(buffer, 0, some);
        }
    }

    /** What breaks off on that side is told of the address; what can't be written on ours is not. */
    private static int some(InputStream body, byte[] buffer) {
        try {
            return body.read(buffer);
        } catch (IOException broken) {
            throw unavailable("it broke off").because(broken);
        }
    }

    private static Problem unavailable(String why) {
        return ErrorCode.ADDRESS_UNAVAILABLE.at(FIELD).with("why", why);
    }
}
