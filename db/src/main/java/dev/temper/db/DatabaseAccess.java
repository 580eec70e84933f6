package dev.temper.db;

import org.jspecify.annotations.Nullable;

/**
 * Where the database is and as whom to use it: the application's login, and, where the two are told apart, the owner's
 * for migrations. One login may be both.
 */
public record DatabaseAccess(
        String url,
        String username,
        String password,
        @Nullable String ownerUsername,
        @Nullable String ownerPassword) {

    public DatabaseAccess(String url, String username, String password) {
        this(url, username, password, null, null);
    }

    /** The login migrations run under. */
    public String migrationUsername() {
        return ownerUsername == null ? username : ownerUsername;
    }

    public String migrationPassword() {
        return ownerUsername == null ? password : ownerPassword == null ? "" : ownerPassword;
    }

    /** Secrets never reach a log. */
    @Override
    public String toString() {
        return "DatabaseAccess[" + url + ", " + username + ", owner " + migrationUsername() + "]";
    }
}
