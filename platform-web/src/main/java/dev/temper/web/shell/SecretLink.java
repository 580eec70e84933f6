package dev.temper.web.shell;

import java.io.Serializable;
import java.time.Instant;

/** An invitation link on its way to the one page that shows it. */
public record SecretLink(String email, String link, Instant expiresAt) implements Serializable {
    /** Secrets never reach a log. */
    @Override
    public String toString() {
        return "SecretLink[" + email + "]";
    }
}
