package dev.temper.web.members;

import dev.temper.platform.common.Caller;
import dev.temper.platform.common.Permission;
import dev.temper.platform.tenant.Member;
import dev.temper.platform.tenant.Role;
import dev.temper.web.shell.Badge;
import dev.temper.web.shell.Formats;
import dev.temper.web.shell.Moment;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A member as the reader may handle them.
 *
 * @param self whether it is the reader
 * @param changeable whether the reader may give them another role
 * @param removable whether the reader may take them out: those they may change, and themselves unless nobody else
 *     owns the tenant
 */
record MemberRow(
        UUID id,
        String name,
        String email,
        Badge badge,
        RoleCard role,
        @Nullable Moment joined,
        boolean self,
        boolean changeable,
        boolean removable,
        long version) {
    static MemberRow of(Member member, Caller reader, Formats formats, boolean oneOwnerLeft) {
        boolean self = reader.person().equals(Optional.of(member.userId()));
        boolean changeable = !self
                && reader.may(Permission.MANAGE_TENANT)
                && reader.may(member.role().toGrant());
        return new MemberRow(
                member.id(),
                member.displayName(),
                member.email(),
                Badge.of(member.email(), member.displayName()),
                RoleCard.of(member.role()),
                formats.moment(member.joinedAt()),
                self,
                changeable,
                self ? !(oneOwnerLeft && member.role() == Role.OWNER) : changeable,
                member.version());
    }
}
