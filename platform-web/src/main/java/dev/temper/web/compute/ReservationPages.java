package dev.temper.web.compute;

import dev.temper.platform.common.Caller;
import dev.temper.platform.common.Cursors;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.Problem;
import dev.temper.platform.resource.PoolView;
import dev.temper.platform.resource.Pools;
import dev.temper.platform.resource.ReservationChange;
import dev.temper.platform.resource.ReservationRequest;
import dev.temper.platform.resource.ReservationView;
import dev.temper.platform.resource.Reservations;
import dev.temper.platform.tenant.TenantView;
import dev.temper.platform.tenant.Tenants;
import dev.temper.web.shell.ApiCall;
import dev.temper.web.shell.Badge;
import dev.temper.web.shell.Crumb;
import dev.temper.web.shell.Formats;
import dev.temper.web.shell.Moment;
import dev.temper.web.shell.Once;
import dev.temper.web.shell.Pages;
import dev.temper.web.shell.Refused;
import dev.temper.web.shell.Told;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Devices kept for tenants: on a calendar and as a list, made, changed and taken back by the platform's admins. */
@Controller
@RequestMapping("/admin/reservations")
class ReservationPages {
    private static final String ROOT = "/admin/reservations";
    private static final DateTimeFormatter TYPED = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm", Locale.ROOT);

    private final Reservations reservations;
    private final Tenants tenants;
    private final Pools pools;
    private final Cursors cursors;
    private final Once once;
    private final Clock clock;
    private final MessageSource words;

    ReservationPages(
            Reservations reservations,
            Tenants tenants,
            Pools pools,
            Cursors cursors,
            Once once,
            Clock clock,
            MessageSource words) {
        this.reservations = reservations;
        this.tenants = tenants;
        this.pools = pools;
        this.cursors = cursors;
        this.once = once;
        this.clock = clock;
        this.words = words;
    }

    /** @param when {@code ahead}, {@code now}, {@code over} or {@code cancelled} */
    record Row(
            UUID id,
            String tenant,
            Badge badge,
            String pool,
            int devices,
            @Nullable Moment from,
            @Nullable Moment to,
            String note,
            String when) {
        public boolean open() {
            return when.equals("ahead") || when.equals("now");
        }
    }

    record RowList(List<Row> items, Pages pages) {}

    record Choice(String value, String label) {}

    /** What was typed into the form; nothing where a field was not even sent. */
    record Form(String tenantId, String pool, String devices, String startsAt, String endsAt, String note) {
        Form {
            tenantId = Objects.requireNonNullElse(tenantId, "");
            pool = Objects.requireNonNullElse(pool, "");
            devices = Objects.requireNonNullElse(devices, "");
            startsAt = Objects.requireNonNullElse(startsAt, "");
            endsAt = Objects.requireNonNullElse(endsAt, "");
            note = Objects.requireNonNullElse(note, "");
        }

        ReservationRequest request(ZoneId zone) {
            return new ReservationRequest(
                    tenant(),
                    pool,
                    Numbers.whole("/devices", devices),
                    moment("/startsAt", startsAt, zone),
                    moment("/endsAt", endsAt, zone),
                    note);
        }

        ReservationChange change(ZoneId zone) {
            return new ReservationChange(
                    Numbers.whole("/devices", devices),
                    moment("/startsAt", startsAt, zone),
                    moment("/endsAt", endsAt, zone),
                    note);
        }

        private UUID tenant() {
            try {
                return UUID.fromString(tenantId);
            } catch (IllegalArgumentException _) {
                throw ErrorCode.FIELD_REQUIRED.at("/tenantId");
            }
        }

        private static Instant moment(String field, String typed, ZoneId zone) {
            try {
                return LocalDateTime.parse(typed).atZone(zone).toInstant();
            } catch (DateTimeParseException _) {
                throw ErrorCode.FIELD_REQUIRED.at(field);
            }
        }
    }

    @ModelAttribute("area")
    String area() {
        return "reservations";
    }

    @GetMapping
    String list(PageQuery page, HttpServletRequest request, Model model, @ModelAttribute("fmt") Formats formats) {
        Caller.current().require(Permission.MANAGE_PLATFORM);
        Page<ReservationView> found = reservations.list(page);
        Map<UUID, String> names = names();
        Instant now = clock.instant();
        model.addAttribute("calendar", ReservationCalendar.of(found.items(), names, now, formats.zone()));
        model.addAttribute("zone", formats.zone().getId());
        model.addAttribute(
                "reservations",
                new RowList(
                        found.items().stream()
                                .map(each -> row(each, names, now, formats))
                                .toList(),
                        Pages.of(request, found.next())));
        model.addAttribute("apiCall", ApiCall.get(request, "/api/v1/reservations"));
        return "compute/reservations";
    }

    @GetMapping("/new")
    String form(Model model, Locale locale, HttpServletRequest request, @ModelAttribute("fmt") Formats formats) {
        Caller.current().require(Permission.MANAGE_PLATFORM);
        Instant start = clock.instant().truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1));
        Form empty = new Form("", "", "1", typed(start, formats), typed(start.plus(Duration.ofDays(1)), formats), "");
        return draw(empty, null, once.key(), model, locale, request, formats);
    }

    @PostMapping("/new")
    String create(
            @ModelAttribute Form form,
            @RequestParam("once") String key,
            Model model,
            Locale locale,
            HttpServletRequest request,
            HttpServletResponse response,
            @ModelAttribute("fmt") Formats formats,
            RedirectAttributes redirect) {
        try {
            return once.lead(key, () -> {
                ReservationView made = reservations.reserve(form.request(formats.zone()));
                Told.done("reservations.was_created", String.valueOf(made.devices()), made.pool())
                        .on(redirect);
                return "redirect:" + ROOT;
            });
        } catch (Problem problem) {
            Refused.show(problem, model, response, locale);
            return draw(form, null, key, model, locale, request, formats);
        }
    }

    @GetMapping("/{id}")
    String edit(
            @PathVariable UUID id,
            Model model,
            Locale locale,
            HttpServletRequest request,
            @ModelAttribute("fmt") Formats formats) {
        Caller.current().require(Permission.MANAGE_PLATFORM);
        ReservationView known = reservations.get(id);
        return draw(form(known, formats), known, "", model, locale, request, formats);
    }

    @PostMapping("/{id}")
    String change(
            @PathVariable UUID id,
            @ModelAttribute Form form,
            @RequestParam long version,
            Model model,
            Locale locale,
            HttpServletRequest request,
            HttpServletResponse response,
            @ModelAttribute("fmt") Formats formats,
            RedirectAttributes redirect) {
        try {
            ReservationView changed =
                    reservations.change(id, form.change(formats.zone()), new IfMatch(List.of(version)));
            Told.done("reservations.was_changed", String.valueOf(changed.devices()), changed.pool())
                    .on(redirect);
            return "redirect:" + ROOT;
        } catch (Problem problem) {
            Refused.show(problem, model, response, locale);
            return draw(form, reservations.get(id), "", model, locale, request, formats);
        }
    }

    @PostMapping("/{id}/cancel")
    String cancel(@PathVariable UUID id, @RequestParam long version, Locale locale, RedirectAttributes redirect) {
        try {
            ReservationView gone = reservations.cancel(id, new IfMatch(List.of(version)));
            Told.done("reservations.was_cancelled", String.valueOf(gone.devices()), gone.pool())
                    .on(redirect);
        } catch (Problem problem) {
            Told.wrong("jobs.refused", Refused.of(problem, locale).message()).on(redirect);
        }
        return "redirect:" + ROOT;
    }

    private String draw(
            Form form,
            @Nullable ReservationView known,
            String key,
            Model model,
            Locale locale,
            HttpServletRequest request,
            Formats formats) {
        model.addAttribute("form", form);
        model.addAttribute("reservation", known);
        model.addAttribute("once", key);
        model.addAttribute("zone", formats.zone().getId());
        model.addAttribute(
                "tenants",
                names().entrySet().stream()
                        .map(each -> new Choice(each.getKey().toString(), each.getValue()))
                        .toList());
        model.addAttribute("pools", pools.list().stream().map(PoolView::name).toList());
        model.addAttribute(
                "crumbs",
                List.of(new Crumb(Objects.requireNonNull(words.getMessage("reservations.title", null, locale)), ROOT)));
        model.addAttribute(
                "apiCall",
                known == null
                        ? ApiCall.post(request, "/api/v1/reservations")
                        : ApiCall.get(request, "/api/v1/reservations/" + known.id()));
        return "compute/reservation";
    }

    private Map<UUID, String> names() {
        return tenants.all(cursors.query(PageQuery.MAX_LIMIT, null, "reservations page")).items().stream()
                .collect(Collectors.toMap(TenantView::id, TenantView::name));
    }

    private static Row row(ReservationView view, Map<UUID, String> names, Instant now, Formats formats) {
        String tenant = names.getOrDefault(view.tenantId(), "–");
        return new Row(
                view.id(),
                tenant,
                Badge.of(view.tenantId().toString(), tenant),
                view.pool(),
                view.devices(),
                formats.moment(view.startsAt()),
                formats.moment(view.endsAt()),
                view.note(),
                when(view, now));
    }

    private static String when(ReservationView view, Instant now) {
        if (view.cancelledAt() != null) {
            return "cancelled";
        }
        if (!view.endsAt().isAfter(now)) {
            return "over";
        }
        return view.startsAt().isAfter(now) ? "ahead" : "now";
    }

    private static Form form(ReservationView view, Formats formats) {
        return new Form(
                view.tenantId().toString(),
                view.pool(),
                String.valueOf(view.devices()),
                typed(view.startsAt(), formats),
                typed(view.endsAt(), formats),
                view.note());
    }

    private static String typed(Instant at, Formats formats) {
        return TYPED.format(at.atZone(formats.zone()));
    }
}
