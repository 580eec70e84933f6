package dev.temper.web.shell;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the addresses of pages: {@code /t/{tenant}/{collection}/…}, {@code /admin/…}. */
public final class PagePath {
    private static final Pattern OF_TENANT = Pattern.compile("/t/([^/]+)(?:/([^/]+))?(/.*)?");
    private static final Set<String> COLLECTIONS =
            Set.copyOf(List.of("datasets", "queue", "usage", "members", "keys", "audit"));
    private static final Pattern INSIDE = Pattern.compile("/(?![/\\\\])[^\\p{Cntrl}\\\\]*");

    private PagePath() {}

    /** The address that was asked for, also while the page for its failure is made. */
    static String asked(HttpServletRequest request) {
        return request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String failed
                ? failed
                : request.getRequestURI();
    }

    static @Nullable String tenant(String path) {
        Matcher of = OF_TENANT.matcher(path);
        return of.matches() ? of.group(1) : null;
    }

    /** The collection a page belongs to, which switching the tenant keeps; never an object in it. */
    static String collection(String path) {
        Matcher of = OF_TENANT.matcher(path);
        return of.matches() && of.group(2) != null && COLLECTIONS.contains(of.group(2)) ? "/" + of.group(2) : "";
    }

    static boolean platform(String path) {
        return path.equals("/admin") || path.startsWith("/admin/");
    }

    static String withQuery(HttpServletRequest request) {
        String query = request.getMethod().equals("GET") ? request.getQueryString() : null;
        return query == null ? asked(request) : asked(request) + "?" + query;
    }

    /** An address of our own to go back to; anything else becomes the start page, so that no link leads out of here. */
    public static String inside(@Nullable String back) {
        return back != null && INSIDE.matcher(back).matches() ? back : "/";
    }
}
