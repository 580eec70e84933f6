package dev.temper.web.members;

import dev.temper.platform.common.Caller;
import dev.temper.platform.tenant.InvitationState;
import dev.temper.platform.tenant.InvitationView;
import dev.temper.web.shell.Formats;
import dev.temper.web.shell.Moment;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An invitation that nobody has taken up. */
record InvitationRow(
        UUID id,
        String email,
        RoleCard role,
        @Nullable Moment invited,
        @Nullable Moment expires,
        boolean expired,
        boolean revocable) {
    static InvitationRow of(InvitationView invitation, Caller reader, Formats formats) {
        return new InvitationRow(
                invitation.id(),
                invitation.email(),
                RoleCard.of(invitation.role()),
                formats.moment(invitation.createdAt()),
                formats.day(invitation.expiresAt()),
                invitation.state() == InvitationState.EXPIRED,
                reader.may(invitation.role().toGrant()));
    }

    static boolean pending(InvitationView invitation) {
        return switch (invitation.state()) {
            case OPEN, EXPIRED -> true;
            case ACCEPTED, REVOKED -> false;
        };
    }
}
