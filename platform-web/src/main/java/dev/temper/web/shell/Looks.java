package dev.temper.web.shell;

import jakarta.servlet.http.HttpServletRequest;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * How to draw a page for whoever asks: as their account says, else as this browser was told, else as it asks for
 * (Accept-Language).
 */
@Component
public class Looks {
    private static final String CACHED = Looks.class.getName();

    private final Viewers viewers;

    Looks(Viewers viewers) {
        this.viewers = viewers;
    }

    public Look of(HttpServletRequest request) {
        if (request.getAttribute(CACHED) instanceof Look look) {
            return look;
        }
        Optional<Viewer> viewer = viewers.of(request);
        Look look = new Look(
                viewer.map(Viewer::language).orElseGet(() -> language(request)),
                viewer.map(Viewer::theme)
                        .orElseGet(() -> Appearance.theme(request).orElse(Theme.SYSTEM)),
                Appearance.density(request).orElse(Density.NORMAL),
                viewer.map(Viewer::zone).orElse((ZoneId) ZoneOffset.UTC));
        request.setAttribute(CACHED, look);
        return look;
    }

    /** The look by the browser alone, without asking who looks. */
    static Look unread(HttpServletRequest request) {
        return new Look(
                language(request),
                Appearance.theme(request).orElse(Theme.SYSTEM),
                Appearance.density(request).orElse(Density.NORMAL),
                ZoneOffset.UTC);
    }

    private static Language language(HttpServletRequest request) {
        return Appearance.language(request).orElseGet(() -> Language.of(request.getLocale()));
    }
}
