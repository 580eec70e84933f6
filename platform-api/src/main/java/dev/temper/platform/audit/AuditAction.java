package dev.temper.platform.audit;

import java.util.Locale;

/** What can be audited. The name in lower case is what is stored and filtered by; one is never renamed. */
public enum AuditAction {
    TENANT_CREATED,
    TENANT_CHANGED,
    TENANT_SUSPENDED,
    TENANT_RESUMED,
    TENANT_CLOSED,
    USER_CREATED,
    USER_CHANGED,
    USER_DISABLED,
    USER_ENABLED,
    PASSWORD_CHANGED,
    PASSWORD_RESET,
    TOTP_ENABLED,
    TOTP_DISABLED,
    SIGNED_IN,
    SIGN_IN_FAILED,
    SIGNED_OUT,
    SESSION_REVOKED,
    MEMBERSHIP_CREATED,
    MEMBERSHIP_ROLE_CHANGED,
    MEMBERSHIP_REMOVED,
    INVITATION_CREATED,
    INVITATION_ACCEPTED,
    INVITATION_REVOKED,
    API_KEY_CREATED,
    API_KEY_REVOKED,
    DATASET_CREATED,
    DATASET_CHANGED,
    DATASET_DELETED,
    DATASET_VERSION_CREATED,
    DATASET_EXPORTED,
    IMPORT_STARTED,
    IMPORT_MAPPED,
    IMPORT_CANCELLED,
    AUDIT_EXPORTED;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
