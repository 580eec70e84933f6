package dev.temper.platform.common;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who does something, as the audit log names them.
 *
 * @param id the user, key or worker; null for the platform itself
 * @param name what a person reads: the e-mail address, the key's prefix, the worker's name
 * @param address where the request came from; null where there was none
 * @param requestId the X-Request-Id it came with
 */
public record Actor(
        Kind kind,
        @Nullable UUID id,
        String name,
        @Nullable String address,
        @Nullable String requestId) {
    /** What sort of actor. */
    public enum Kind {
        USER,
        API_KEY,
        WORKER,
        SYSTEM
    }

    public Actor {
        if (kind != Kind.SYSTEM) {
            Objects.requireNonNull(id, "id");
        }
    }

    public static Actor user(UUID id, String email, @Nullable String address, @Nullable String requestId) {
        return new Actor(Kind.USER, id, email, address, requestId);
    }

    public static Actor apiKey(UUID id, String prefix, @Nullable String address, @Nullable String requestId) {
        return new Actor(Kind.API_KEY, id, prefix, address, requestId);
    }

    public static Actor worker(UUID id, String name, @Nullable String address, @Nullable String requestId) {
        return new Actor(Kind.WORKER, id, name, address, requestId);
    }

    /** The platform itself: the first start, an admin command, a background chore. */
    public static Actor system(String chore) {
        return new Actor(Kind.SYSTEM, null, chore, null, null);
    }
}
