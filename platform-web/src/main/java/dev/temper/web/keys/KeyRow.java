package dev.temper.web.keys;

import dev.temper.platform.tenant.ApiKeyState;
import dev.temper.platform.tenant.ApiKeyView;
import dev.temper.web.shell.Formats;
import dev.temper.web.shell.Moment;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key as the list draws it.
 *
 * @param scopes message keys, least first
 * @param by whose it is
 */
record KeyRow(
        UUID id,
        String name,
        String prefix,
        List<String> scopes,
        String by,
        @Nullable Moment used,
        @Nullable Moment expires,
        ApiKeyState state) {
    static KeyRow of(ApiKeyView key, Formats formats) {
        return new KeyRow(
                key.id(),
                key.name(),
                key.prefix(),
                key.scopes().stream().sorted().map(ScopeChoice::label).toList(),
                key.owner(),
                formats.moment(key.lastUsedAt()),
                formats.day(key.expiresAt()),
                key.state());
    }

    public boolean live() {
        return state == ApiKeyState.ACTIVE;
    }

    public boolean revoked() {
        return state == ApiKeyState.REVOKED;
    }

    public boolean expired() {
        return state == ApiKeyState.EXPIRED;
    }

    /** Whether there is anything left to revoke. */
    public boolean revocable() {
        return live();
    }
}
