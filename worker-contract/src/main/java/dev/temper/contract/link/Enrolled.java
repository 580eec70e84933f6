package dev.temper.contract.link;

import java.util.UUID;

/**
 * The worker is known from now on.
 *
 * @param workerId its id
 * @param credential what it sends as {@code Authorization: Bearer …} with everything else it says; shown only here
 */
public record Enrolled(UUID workerId, String credential) implements LinkMessage {
    public Enrolled {
        LinkCheck.present("workerId", workerId);
        LinkCheck.text("credential", credential, 200);
    }

    @Override
    public String toString() {
        return "Enrolled[workerId=" + workerId + "]";
    }
}
