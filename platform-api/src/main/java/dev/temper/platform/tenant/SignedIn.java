package dev.temper.platform.tenant;

import java.io.Serializable;
import java.security.Principal;
import java.util.UUID;

/**
 * The person of a browser's session. What they may do is read anew with each request; the session knows only who.
 */
public record SignedIn(UUID userId, String email) implements Principal, Serializable {
    /** The id, by which a person's sessions are found. */
    @Override
    public String getName() {
        return userId.toString();
    }
}
