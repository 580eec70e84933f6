package dev.temper.web.help;

import dev.temper.platform.common.CodedTexts;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.ErrorTexts;
import dev.temper.platform.tenant.Role;
import dev.temper.web.members.RoleCard;
import dev.temper.web.shell.Crumb;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;

/** Help for everybody, signed in or not. */
@Controller
@RequestMapping("/help")
class HelpPages {
    private final MessageSource words;

    HelpPages(MessageSource words) {
        this.words = words;
    }

    /**
     * An error code as its page explains it.
     *
     * @param status it answers with; null for one that is met outside of requests too
     * @param category a message key; null where the code has none
     */
    record Explained(
            String code,
            @Nullable Integer status,
            String title,
            String pattern,
            @Nullable String category) {
        static Explained of(String code, CodedTexts.Said said, Locale locale) {
            return new Explained(code, null, said.title(), said.sentence(locale), null);
        }

        static Explained of(ErrorCode code, Locale locale) {
            return new Explained(
                    code.code(),
                    code.status(),
                    ErrorTexts.title(code, locale),
                    ErrorTexts.pattern(code, locale),
                    "help.category." + code.category().name().toLowerCase(Locale.ROOT));
        }
    }

    @GetMapping
    String help(Model model) {
        model.addAttribute(
                "roles", Arrays.stream(Role.values()).map(RoleCard::of).toList());
        return "help/help";
    }

    @GetMapping("/errors")
    String errors(Model model, Locale locale) {
        model.addAttribute(
                "codes",
                Arrays.stream(ErrorCode.values())
                        .map(code -> Explained.of(code, locale))
                        .toList());
        model.addAttribute("crumbs", crumbs(locale, "help.title"));
        return "help/errors";
    }

    @GetMapping("/errors/{code}")
    String error(@PathVariable String code, Model model, Locale locale) {
        Explained explained = ErrorCode.of(code)
                .map(known -> Explained.of(known, locale))
                .or(() -> CodedTexts.pattern(code, locale).map(said -> Explained.of(code, said, locale)))
                .orElseThrow(ErrorCode.NOT_FOUND::problem);
        model.addAttribute("error", explained);
        model.addAttribute("crumbs", crumbs(locale, "help.title", "help.errors"));
        return "help/error";
    }

    private List<Crumb> crumbs(Locale locale, String... labels) {
        return Arrays.stream(labels)
                .map(label -> new Crumb(
                        Objects.requireNonNull(words.getMessage(label, null, locale)),
                        label.equals("help.title") ? "/help" : "/help/errors"))
                .toList();
    }
}
