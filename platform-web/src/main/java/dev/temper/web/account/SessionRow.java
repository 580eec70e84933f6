package dev.temper.web.account;

import dev.temper.web.shell.Moment;
import org.jspecify.annotations.Nullable;

/** A browser somebody is signed in with, in words. */
record SessionRow(
        String id,
        String device,
        String icon,
        @Nullable String address,
        @Nullable Moment lastSeen,
        boolean current) {}
