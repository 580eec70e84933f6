package dev.temper.web.members;

import dev.temper.platform.tenant.Role;
import java.util.Locale;

/** A role as pages draw it. */
public record RoleCard(String value, String label, String icon) {
    public static RoleCard of(Role role) {
        return new RoleCard(
                role.name(),
                "role." + role.name().toLowerCase(Locale.ROOT),
                switch (role) {
                    case VIEWER -> "eye";
                    case ANNOTATOR -> "pencil";
                    case MEMBER -> "user";
                    case ADMIN -> "shield-lock";
                    case OWNER -> "crown";
                });
    }
}
