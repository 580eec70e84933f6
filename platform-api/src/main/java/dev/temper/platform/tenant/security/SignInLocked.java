package dev.temper.platform.tenant.security;

import java.time.Instant;
import org.springframework.security.authentication.LockedException;

/** Too many failures; tells until when. */
final class SignInLocked extends LockedException {
    private final Instant until;

    SignInLocked(Instant until) {
        super("Locked until " + until);
        this.until = until;
    }

    Instant until() {
        return until;
    }
}
