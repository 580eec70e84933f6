package dev.temper.platform.tenant;

/** A tenant is worked in, or held up for a while, or ended for good. */
public enum TenantStatus {
    ACTIVE,
    SUSPENDED,
    CLOSED
}
