package dev.temper.web.audit;

import dev.temper.platform.audit.AuditAction;
import dev.temper.platform.audit.AuditEvent;
import dev.temper.platform.audit.AuditEvents;
import dev.temper.platform.audit.AuditFilter;
import dev.temper.platform.audit.ChainVerdict;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.web.shell.Formats;
import dev.temper.web.shell.Pages;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.NoSuchMessageException;
import org.springframework.stereotype.Component;

/** Draws the log that the caller may read: a tenant's inside of one, else the platform's. */
@Component
public class AuditReader {
    private final AuditEvents events;
    private final MessageSource words;

    AuditReader(AuditEvents events, MessageSource words) {
        this.events = events;
        this.words = words;
    }

    /** An action to filter by. */
    record ActionChoice(String code, String label) {}

    /** The newest entries, for a dashboard. */
    public List<AuditRow> newest(PageQuery query, Locale locale, Formats formats) {
        return events.page(AuditFilter.ALL, query).items().stream()
                .map(event -> row(event, locale, formats))
                .toList();
    }

    AuditLog log(
            String path,
            AuditForm form,
            PageQuery query,
            boolean check,
            HttpServletRequest request,
            Locale locale,
            Formats formats) {
        Page<AuditEvent> found = events.page(form.filter(formats.zone()), query);
        return new AuditLog(
                path,
                found.items().stream().map(event -> row(event, locale, formats)).toList(),
                chips(path, form, locale),
                Pages.of(request, found.next()),
                form.href(path + "/export.csv"),
                form.href(path + "/export.jsonl"),
                path + "?check=chain",
                check ? chain(events.verify(), locale, formats) : null);
    }

    List<ActionChoice> actions(Locale locale) {
        return Arrays.stream(AuditAction.values())
                .map(action -> new ActionChoice(action.code(), action(action.code(), locale)))
                .toList();
    }

    private AuditRow row(AuditEvent event, Locale locale, Formats formats) {
        return AuditRow.of(event, action(event.action(), locale), formats);
    }

    /** An action of a newer version, whose words we don't have, is shown by its code. */
    private String action(String code, Locale locale) {
        try {
            return words.getMessage("audit.action." + code, null, locale);
        } catch (NoSuchMessageException unknown) {
            return code;
        }
    }

    private List<AuditLog.Chip> chips(String path, AuditForm form, Locale locale) {
        List<AuditLog.Chip> chips = new ArrayList<>();
        chip(chips, "q", form.q(), path, form, locale);
        chip(chips, "action", form.action() == null ? null : action(form.action(), locale), path, form, locale);
        chip(chips, "actor", form.actor(), path, form, locale);
        chip(chips, "from", form.from(), path, form, locale);
        chip(chips, "to", form.to(), path, form, locale);
        return chips;
    }

    private void chip(
            List<AuditLog.Chip> chips,
            String name,
            @Nullable String value,
            String path,
            AuditForm form,
            Locale locale) {
        String given = AuditForm.blankToNull(value);
        if (given != null) {
            chips.add(new AuditLog.Chip(
                    say("audit.chip." + name, locale, given), form.without(name).href(path)));
        }
    }

    private Chain chain(ChainVerdict verdict, Locale locale, Formats formats) {
        return switch (verdict) {
            case ChainVerdict.Intact intact ->
                new Chain(
                        "ok",
                        "shield-check",
                        say("audit.chain.whole", locale),
                        say("audit.chain.whole.text", locale, formats.number(intact.length())));
            case ChainVerdict.Broken broken ->
                new Chain(
                        "bad",
                        "shield-x",
                        say("audit.chain.broken", locale, formats.number(broken.seq())),
                        say("audit.chain.broken.text", locale));
        };
    }

    private String say(String key, Locale locale, Object... args) {
        return Objects.requireNonNull(words.getMessage(key, args, locale));
    }
}
