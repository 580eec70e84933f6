package dev.temper.contract.link;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.temper.contract.CodedException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version a message is written in. Within a major version fields and kinds of events are only ever added, and who
 * does not know one passes over it; another major version is refused.
 */
public record ProtocolVersion(int major, int minor) {
    /** The version these records are. */
    public static final ProtocolVersion CURRENT = new ProtocolVersion(1, 0);

    private static final Pattern FORM = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})");

    @JsonCreator
    public static ProtocolVersion parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw LinkCheck.invalid("protocol", "is not a version", "a version such as " + CURRENT);
        }
        return new ProtocolVersion(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
    }

    /** Goes on only if this program can read messages of that version. */
    void requireReadable() {
        if (major == CURRENT.major) {
            return;
        }
        throw CodedException.user(
                        "worker_protocol_unsupported",
                        "The message speaks version %s of the worker link, this side speaks %s."
                                .formatted(this, CURRENT),
                        "Install a worker of the platform's own version, or upgrade the platform first if the worker is"
                                + " newer.")
                .with("protocol", toString())
                .with("supported", CURRENT.toString());
    }

    @JsonValue
    @Override
    public String toString() {
        return major + "." + minor;
    }
}
