package dev.temper.platform.tenant;

/** What became of an invitation. */
public enum InvitationState {
    OPEN,
    ACCEPTED,
    EXPIRED,
    REVOKED
}
