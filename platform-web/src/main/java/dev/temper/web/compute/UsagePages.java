package dev.temper.web.compute;

import dev.temper.platform.common.Caller;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.TenantScope;
import dev.temper.platform.resource.LedgerExport;
import dev.temper.platform.resource.LedgerWindow;
import dev.temper.platform.resource.Pools;
import dev.temper.platform.resource.QuotaUse;
import dev.temper.platform.resource.Quotas;
import dev.temper.platform.resource.Usage;
import dev.temper.platform.resource.UsageDay;
import dev.temper.web.shell.ApiCall;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What a tenant used in a month: by day, by person, by pool, each of which adds up to the same. */
@Controller
@RequestMapping("/t/{tenant}/usage")
class UsagePages {
    private static final int HUNDREDTHS = 10_000;

    private final Usage usage;
    private final LedgerExport export;
    private final Quotas quotas;
    private final Pools pools;
    private final Clock clock;

    UsagePages(Usage usage, LedgerExport export, Quotas quotas, Pools pools, Clock clock) {
        this.usage = usage;
        this.export = export;
        this.quotas = quotas;
        this.pools = pools;
        this.clock = clock;
    }

    /** One line of a table: whose or of what, how much, and how much of it was borrowed. */
    record Sum(String name, String hours, String borrowed, String part, Bar bar) {}

    @ModelAttribute("area")
    String area() {
        return "usage";
    }

    @GetMapping
    String usage(@RequestParam(required = false) @Nullable String month, HttpServletRequest request, Model model) {
        Caller.current().require(Permission.READ);
        YearMonth now = now();
        YearMonth shown = month(month, now);
        List<UsageDay> days = usage.of(shown);
        long total = total(days);
        model.addAttribute("month", shown);
        model.addAttribute("previous", shown.minusMonths(1));
        model.addAttribute("next", shown.isBefore(now) ? shown.plusMonths(1) : null);
        model.addAttribute("total", Measures.hours(total));
        model.addAttribute("open", shown.equals(now) ? Measures.hours(Math.max(0, held() - total)) : null);
        model.addAttribute("none", days.isEmpty());
        model.addAttribute("chart", Chart.of(shown, days));
        model.addAttribute("people", sums(days, UsageDay::person, total));
        model.addAttribute("byPool", sums(days, UsageDay::pool, total));
        model.addAttribute("apiCall", ApiCall.get(request, "/api/v1/ledger/sums?by=day"));
        return "compute/usage";
    }

    /** Each span that makes up the month; the download itself is noted in the audit log. */
    @GetMapping("/ledger.csv")
    void ledger(@RequestParam(required = false) @Nullable String month, HttpServletResponse response)
            throws IOException {
        YearMonth shown = month(month, now());
        LedgerWindow window = new LedgerWindow(begin(shown), begin(shown.plusMonths(1)));
        export.record(window);
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename("ledger-" + shown + ".csv")
                        .build()
                        .toString());
        export.write(window, response.getWriter());
    }

    private YearMonth now() {
        return YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC));
    }

    private static Instant begin(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** All of this month, with what runs that go on have used since the ledger was last written. */
    private long held() {
        UUID tenant = TenantScope.require();
        return pools.list().stream()
                .map(pool -> quotas.use(tenant, pool.id()))
                .mapToLong(QuotaUse::usedSeconds)
                .sum();
    }

    private static List<Sum> sums(List<UsageDay> days, Function<UsageDay, String> name, long total) {
        Map<String, List<UsageDay>> groups = days.stream().collect(Collectors.groupingBy(name));
        return groups.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<String, List<UsageDay>> group) -> -total(group.getValue()))
                        .thenComparing(Map.Entry::getKey))
                .map(group -> sum(group.getKey(), group.getValue(), total))
                .toList();
    }

    private static Sum sum(String name, List<UsageDay> days, long total) {
        long own = total(days);
        long borrowed = total(days.stream().filter(UsageDay::borrowed).toList());
        double part = total == 0 ? 0 : (double) own / total;
        int lent = total == 0 ? 0 : (int) (HUNDREDTHS * borrowed / total);
        return new Sum(
                name,
                Measures.hours(own),
                Measures.hours(borrowed),
                Measures.percent(part),
                Bar.of((int) (HUNDREDTHS * part), lent, 0, HUNDREDTHS));
    }

    private static long total(List<UsageDay> days) {
        return days.stream().mapToLong(UsageDay::deviceSeconds).sum();
    }

    private static YearMonth month(@Nullable String asked, YearMonth now) {
        if (asked == null || !asked.matches("\\d{4}-\\d{2}")) {
            return now;
        }
        try {
            YearMonth month = YearMonth.parse(asked);
            return month.isAfter(now) ? now : month;
        } catch (DateTimeException notAMonth) {
            return now;
        }
    }
}
