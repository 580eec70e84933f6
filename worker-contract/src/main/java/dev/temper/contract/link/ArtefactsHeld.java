package dev.temper.contract.link;

import java.util.List;
import java.util.Map;

/**
 * What is still to be sent.
 *
 * @param missing SHA-256 of each content that is not held whole, with the number of its bytes that are
 */
public record ArtefactsHeld(Map<String, Long> missing) implements LinkMessage {
    public ArtefactsHeld {
        missing = LinkCheck.map("missing", missing, LinkCheck.MAX_LIST);
        List.copyOf(missing.keySet()).forEach(sha256 -> LinkCheck.sha256("missing", sha256));
        missing.values().forEach(held -> LinkCheck.notNegative("missing", held));
    }
}
