package dev.temper.web.audit;

import dev.temper.platform.audit.AuditFilter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/** The filters of the audit page as they stand in its address. Days are the reader's; the last one is included. */
record AuditForm(
        @Nullable String q,
        @Nullable String action,
        @Nullable String actor,
        @Nullable String from,
        @Nullable String to) {

    AuditFilter filter(ZoneId zone) {
        LocalDate last = day(to);
        return new AuditFilter(
                blankToNull(actor),
                blankToNull(action) == null ? List.of() : List.of(Objects.requireNonNull(action)),
                null,
                null,
                start(day(from), zone),
                last == null ? null : start(last.plusDays(1), zone),
                blankToNull(q));
    }

    /** The address of the page with these filters. */
    String href(String path) {
        var address = UriComponentsBuilder.fromPath(path);
        add(address, "q", q);
        add(address, "action", action);
        add(address, "actor", actor);
        add(address, "from", from);
        add(address, "to", to);
        return address.build(true).toUriString();
    }

    AuditForm without(String name) {
        return new AuditForm(
                name.equals("q") ? null : q,
                name.equals("action") ? null : action,
                name.equals("actor") ? null : actor,
                name.equals("from") ? null : from,
                name.equals("to") ? null : to);
    }

    static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    /** A day that cannot be read restricts nothing. */
    static @Nullable LocalDate day(@Nullable String text) {
        try {
            return text == null || text.isBlank() ? null : LocalDate.parse(text.strip());
        } catch (DateTimeParseException notADay) {
            return null;
        }
    }

    private static @Nullable Instant start(@Nullable LocalDate day, ZoneId zone) {
        return day == null ? null : day.atStartOfDay(zone).toInstant();
    }

    private static void add(UriComponentsBuilder address, String name, @Nullable String value) {
        String given = blankToNull(value);
        if (given != null) {
            address.queryParam(name, UriUtils.encode(given, StandardCharsets.UTF_8));
        }
    }
}
