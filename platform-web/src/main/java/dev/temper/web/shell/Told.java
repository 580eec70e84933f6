package dev.temper.web.shell;

import java.io.Serializable;
import java.util.List;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * What an action did, told on the page it leads to.
 *
 * @param tone {@code ok}, {@code warn}, {@code bad} or empty
 * @param key the message
 */
public record Told(String tone, String icon, String key, List<String> args) implements Serializable {
    public static Told done(String key, String... args) {
        return new Told("ok", "circle-check", key, List.of(args));
    }

    public static Told note(String key, String... args) {
        return new Told("", "info-circle", key, List.of(args));
    }

    public static Told wrong(String key, String... args) {
        return new Told("bad", "alert-triangle", key, List.of(args));
    }

    /** Hands it over to the next page. */
    public void on(RedirectAttributes redirect) {
        redirect.addFlashAttribute("told", this);
    }
}
