package dev.temper.platform.common.web;

import dev.temper.platform.common.Caller;

/** Whether a request comes from somebody at all. */
final class Callers {
    private Callers() {}

    /** A person, a key or a worker; not somebody who has yet to sign in. */
    static boolean known() {
        return Caller.find().map(caller -> caller.actor().id()).isPresent();
    }
}
