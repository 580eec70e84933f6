package dev.temper.platform.tenant;

/**
 * A new invitation with what is shown only now.
 *
 * @param path where whoever is invited takes it up, to be put behind the platform's address: {@code /invite/…}
 */
public record IssuedInvitation(InvitationView invitation, String path) {
    /** Secrets never reach a log. */
    @Override
    public String toString() {
        return "IssuedInvitation[" + invitation + "]";
    }
}
