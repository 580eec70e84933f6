package dev.temper.platform.common.web;

import dev.temper.platform.common.Cursors;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.common.TenantScope;
import dev.temper.platform.common.Word;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Hands a controller the page that {@code limit} and {@code cursor} ask for; every other parameter is a filter. */
final class PageQueryResolver implements HandlerMethodArgumentResolver {
    private final Cursors cursors;

    PageQueryResolver(Cursors cursors) {
        this.cursors = cursors;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == PageQuery.class;
    }

    @Override
    public PageQuery resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest web,
            @Nullable WebDataBinderFactory binders) {
        HttpServletRequest request = Objects.requireNonNull(web.getNativeRequest(HttpServletRequest.class));
        String cursor = request.getParameter("cursor");
        return cursors.query(
                limit(request.getParameter("limit")),
                cursor == null || cursor.isEmpty() ? null : cursor,
                scope(request));
    }

    private static int limit(@Nullable String asked) {
        if (asked == null || asked.isEmpty()) {
            return PageQuery.DEFAULT_LIMIT;
        }
        if (!asked.matches("-?\\d{1,9}")) {
            throw ErrorCode.PARAMETER_WRONG
                    .at("limit")
                    .with("parameter", "limit")
                    .with("expected", Word.WHOLE_NUMBER);
        }
        int limit = Integer.parseInt(asked);
        if (limit < 1 || limit > PageQuery.MAX_LIMIT) {
            throw ErrorCode.FIELD_OUT_OF_RANGE.at("limit").with("min", 1).with("max", PageQuery.MAX_LIMIT);
        }
        return limit;
    }

    private static String scope(HttpServletRequest request) {
        TreeMap<String, String> filters = new TreeMap<>();
        request.getParameterMap().forEach((name, values) -> filters.put(name, Arrays.toString(values)));
        filters.remove("cursor");
        filters.remove("limit");
        return request.getRequestURI() + filters + TenantScope.current();
    }
}
