package dev.temper.web.login;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;

/** A request for an invitation's page, to be returned to after signing in. */
final class OfferRequest extends HttpServletRequestWrapper {
    private final String path;

    OfferRequest(HttpServletRequest request, String path) {
        super(request);
        this.path = path;
    }

    @Override
    public String getRequestURI() {
        return path;
    }

    @Override
    public String getServletPath() {
        return path;
    }

    @Override
    public StringBuffer getRequestURL() {
        StringBuffer original = super.getRequestURL();
        return new StringBuffer(original.substring(
                        0, original.length() - super.getRequestURI().length()))
                .append(path);
    }

    @Override
    public @Nullable String getQueryString() {
        return null;
    }
}
