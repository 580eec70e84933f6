package dev.temper.platform.tenant;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A person with an account, whichever tenants they belong to. */
@Entity
@Table(name = "users")
class User {
    @Id
    private UUID id;

    private String email;
    private String displayName;
    private @Nullable String passwordHash;
    private boolean mustChangePassword;
    private @Nullable Instant passwordChangedAt;
    private byte @Nullable [] totpSecret;
    private byte @Nullable [] totpPending;
    private long totpLastStep;
    private boolean platformAdmin;
    private boolean disabled;
    private String locale;

    @Enumerated(EnumType.STRING)
    private Theme theme;

    private String timeZone;
    private @Nullable Instant lastLoginAt;

    @Column(updatable = false)
    private Instant createdAt;

    @Version
    private long version;

    @SuppressWarnings("NullAway.Init")
    protected User() {}

    @SuppressWarnings("NullAway.Init")
    User(UUID id, String email, String displayName, String locale, Instant now) {
        this.id = id;
        this.email = email;
        this.displayName = displayName;
        this.locale = locale;
        this.theme = Theme.AUTO;
        this.timeZone = "UTC";
        this.createdAt = now;
    }

    UUID id() {
        return id;
    }

    String email() {
        return email;
    }

    String displayName() {
        return displayName;
    }

    @Nullable
    String passwordHash() {
        return passwordHash;
    }

    boolean mustChangePassword() {
        return mustChangePassword;
    }

    boolean platformAdmin() {
        return platformAdmin;
    }

    boolean disabled() {
        return disabled;
    }

    byte @Nullable [] totpSecret() {
        return totpSecret;
    }

    byte @Nullable [] totpPending() {
        return totpPending;
    }

    long totpLastStep() {
        return totpLastStep;
    }

    long version() {
        return version;
    }

    void present(String newName, String newLocale, Theme newTheme, String newTimeZone) {
        displayName = newName;
        locale = newLocale;
        theme = newTheme;
        timeZone = newTimeZone;
    }

    /** A password of their own choosing. */
    void choosePassword(String hash, Instant now) {
        passwordHash = hash;
        passwordChangedAt = now;
        mustChangePassword = false;
    }

    /** A password somebody else knows too: good for one sign-in. */
    void handPassword(String hash, Instant now) {
        choosePassword(hash, now);
        mustChangePassword = true;
    }

    /** The same password under a stronger hash. */
    void rehash(String hash) {
        passwordHash = hash;
    }

    void offerTotp(byte[] encryptedSecret) {
        totpPending = encryptedSecret;
    }

    void confirmTotp(long step) {
        totpSecret = totpPending;
        totpPending = null;
        totpLastStep = step;
    }

    void dropTotp() {
        totpSecret = null;
        totpPending = null;
    }

    /** Codes up to this one are spent. */
    void spendTotp(long step) {
        totpLastStep = step;
    }

    void signedIn(Instant now) {
        lastLoginAt = now;
    }

    void makePlatformAdmin() {
        platformAdmin = true;
    }

    void disable() {
        disabled = true;
    }

    void enable() {
        disabled = false;
    }

    Profile profile() {
        return new Profile(
                id,
                email,
                displayName,
                locale,
                theme,
                timeZone,
                passwordHash != null,
                mustChangePassword,
                passwordChangedAt,
                totpSecret != null,
                platformAdmin,
                lastLoginAt,
                createdAt,
                version);
    }
}
