package dev.temper.web.keys;

import java.io.Serializable;

/** A new key on its way to the one page that shows it. */
record CreatedKey(String name, String secret, String curl) implements Serializable {
    /** Secrets never reach a log. */
    @Override
    public String toString() {
        return "CreatedKey[" + name + "]";
    }
}
