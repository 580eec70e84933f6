package dev.temper.web.launch;

import dev.temper.db.DatabaseRefusal;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.NestedExceptionUtils;

/** Turns what stopped a start into one line: what is wrong and what to do. */
final class StartFailures {
    private StartFailures() {}

    static String line(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case StartRefused refused -> {
                    return String.valueOf(refused.getMessage());
                }
                case DatabaseRefusal refusal -> {
                    return refusal.getMessage() + " " + refusal.remedy();
                }
                case PortInUseException taken -> {
                    return "Port %d is taken: stop what listens there, or give another --port."
                            .formatted(taken.getPort());
                }
                default -> {
                    // Look further down.
                }
            }
        }
        Throwable root = NestedExceptionUtils.getMostSpecificCause(failure);
        return "The platform did not start: %s".formatted(root.getMessage() == null ? root : root.getMessage());
    }
}
