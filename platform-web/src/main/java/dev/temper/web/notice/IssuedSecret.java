package dev.temper.web.notice;

import java.io.Serializable;
import java.util.UUID;

/** A webhook's secret on its way to the one page that shows it. */
record IssuedSecret(UUID webhook, String url, String secret) implements Serializable {
    /** Secrets never reach a log. */
    @Override
    public String toString() {
        return "IssuedSecret[" + webhook + "]";
    }
}
