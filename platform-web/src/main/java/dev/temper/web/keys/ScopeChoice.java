package dev.temper.web.keys;

import dev.temper.platform.tenant.Scope;
import java.util.Locale;

/** A scope as a box to tick; the label is a message key. */
record ScopeChoice(String value, String label) {
    static ScopeChoice of(Scope scope) {
        return new ScopeChoice(scope.name(), label(scope));
    }

    static String label(Scope scope) {
        return "keys.scope." + scope.name().toLowerCase(Locale.ROOT);
    }
}
