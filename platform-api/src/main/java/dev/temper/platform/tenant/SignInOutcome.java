package dev.temper.platform.tenant;

import java.time.Instant;

/** How an attempt to sign in went. */
public sealed interface SignInOutcome {
    /** Who it is; where a second step is on, its code is still to come. */
    record Accepted(SignedIn person, boolean secondStepToCome) implements SignInOutcome {}

    /** Wrong address, wrong password, wrong code or no account: nobody is told which. */
    record Wrong() implements SignInOutcome {}

    /** Too many failures; nothing is looked at until then. */
    record Locked(Instant until) implements SignInOutcome {}
}
