package dev.temper.web.shell;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** The text of <i>Show as API call</i>: what a page shows or a form does, as a curl line. */
public final class ApiCall {
    private static final String KEY = "$TEMPER_API_KEY";

    private ApiCall() {}

    public static String get(HttpServletRequest request, String path) {
        return """
                curl %s \\
                  -H "Authorization: Bearer %s\"""".formatted(address(request, path), KEY);
    }

    /** The same with a real key, for the page that shows it once. */
    public static String get(HttpServletRequest request, String path, String key) {
        return get(request, path).replace(KEY, key);
    }

    /** The page's script fills the body in from the form's fields. */
    public static String post(HttpServletRequest request, String path) {
        return """
                curl -X POST %s \\
                  -H "Authorization: Bearer %s" \\
                  -H "Content-Type: application/json" \\
                  -H "Idempotency-Key: $(uuidgen)" \\
                  -d '{}'""".formatted(address(request, path), KEY);
    }

    private static String address(HttpServletRequest request, String path) {
        return origin(request) + path;
    }

    /** Where the reader reaches the platform. */
    public static String origin(HttpServletRequest request) {
        return ServletUriComponentsBuilder.fromContextPath(request).build().toUriString();
    }
}
