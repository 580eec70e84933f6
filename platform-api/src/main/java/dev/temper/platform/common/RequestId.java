package dev.temper.platform.common;

import jakarta.servlet.ServletRequest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The name of one request in answers, logs and the audit log: the client's own where it is well-formed, else ours. */
public final class RequestId {
    public static final String HEADER = "X-Request-Id";

    private static final String ATTRIBUTE = RequestId.class.getName();
    private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9._-]{8,64}");

    private RequestId() {}

    /** The id of this request; made at the latest when it is first asked for. */
    public static String of(ServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof String known) {
            return known;
        }
        return assign(request, null);
    }

    /** Takes the id the client offers, or makes one. */
    public static String assign(ServletRequest request, @Nullable String offered) {
        String id = offered != null && WELL_FORMED.matcher(offered).matches()
                ? offered
                : Ids.next().toString();
        request.setAttribute(ATTRIBUTE, id);
        return id;
    }
}
