package dev.temper.web.shell;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.LocaleResolver;

/** Pages speak the language of their {@link Look}; the API keeps to Accept-Language alone. */
@Component("localeResolver")
class PageLocale implements LocaleResolver {
    private final Looks looks;

    PageLocale(Looks looks) {
        this.looks = looks;
    }

    @Override
    public Locale resolveLocale(HttpServletRequest request) {
        String path = request.getRequestURI();
        return path.startsWith("/api/") || path.startsWith("/v1/")
                ? Language.of(request.getLocale()).locale()
                : looks.of(request).language().locale();
    }

    @Override
    public void setLocale(HttpServletRequest request, @Nullable HttpServletResponse response, @Nullable Locale locale) {
        throw new UnsupportedOperationException("The language is changed at /preferences");
    }
}
