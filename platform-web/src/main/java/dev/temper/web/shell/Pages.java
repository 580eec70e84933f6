package dev.temper.web.shell;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The way on from one page of a list; filters are kept.
 *
 * @param first the first page; null where this is it
 * @param next the page after this one; null on the last
 */
public record Pages(@Nullable String first, @Nullable String next) {
    private static final String CURSOR = "cursor";

    public static Pages of(HttpServletRequest request, @Nullable String next) {
        return new Pages(
                request.getParameter(CURSOR) == null ? null : with(request, null),
                next == null ? null : with(request, next));
    }

    private static String with(HttpServletRequest request, @Nullable String cursor) {
        var address =
                UriComponentsBuilder.fromUriString(PagePath.withQuery(request)).replaceQueryParam(CURSOR);
        return (cursor == null ? address : address.queryParam(CURSOR, cursor))
                .build(true)
                .toUriString();
    }
}
