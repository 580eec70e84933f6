package dev.temper.platform.tenant;

import java.io.Serializable;
import java.security.Principal;
import java.util.UUID;

/**
 * The person of a browser's session. What they may do is read anew with each request; the session knows only who.
 *
 * @param bySingleSignOn whether an identity provider vouched for them, so that a password of ours plays no part
 */
public record SignedIn(UUID userId, String email, boolean bySingleSignOn) implements Principal, Serializable {
    /** The id, by which a person's sessions are found. */
    @Override
    public String getName() {
        return userId.toString();
    }
}
