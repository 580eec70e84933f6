package dev.temper.platform.tenant;

/** Whether a key still opens anything. */
public enum ApiKeyState {
    ACTIVE,
    EXPIRED,
    REVOKED
}
