package dev.temper.web.shell;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

/** What this browser was told about language, theme and density, in cookies: for whoever is not signed in. */
@Component
public class Appearance {
    private static final String LANGUAGE = "temper-language";
    private static final String THEME = "temper-theme";
    private static final String DENSITY = "temper-density";
    private static final Duration KEPT = Duration.ofDays(365);

    static Optional<Language> language(HttpServletRequest request) {
        return cookie(request, LANGUAGE, Language::of);
    }

    static Optional<Theme> theme(HttpServletRequest request) {
        return cookie(request, THEME, Theme::of);
    }

    static Optional<Density> density(HttpServletRequest request) {
        return cookie(request, DENSITY, Density::of);
    }

    /** Remembers what was chosen; what is null or unknown stays as it was. */
    public void remember(
            HttpServletRequest request,
            HttpServletResponse response,
            @Nullable String language,
            @Nullable String theme,
            @Nullable String density) {
        known(language, Language::of).ifPresent(chosen -> set(request, response, LANGUAGE, chosen.value()));
        known(theme, Theme::of).ifPresent(chosen -> set(request, response, THEME, chosen.value()));
        known(density, Density::of).ifPresent(chosen -> set(request, response, DENSITY, chosen.value()));
    }

    static <T> Optional<T> known(@Nullable String value, Function<String, Optional<T>> read) {
        return value == null ? Optional.empty() : read.apply(value);
    }

    private static void set(HttpServletRequest request, HttpServletResponse response, String name, String value) {
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(name, value)
                        .path("/")
                        .maxAge(KEPT)
                        .httpOnly(true)
                        .secure(request.isSecure())
                        .sameSite("Lax")
                        .build()
                        .toString());
    }

    private static <T> Optional<T> cookie(HttpServletRequest request, String name, Function<String, Optional<T>> read) {
        Cookie[] cookies = request.getCookies();
        return cookies == null
                ? Optional.empty()
                : Arrays.stream(cookies)
                        .filter(cookie -> cookie.getName().equals(name))
                        .findFirst()
                        .map(Cookie::getValue)
                        .flatMap(read);
    }
}
