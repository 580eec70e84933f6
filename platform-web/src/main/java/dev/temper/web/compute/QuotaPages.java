package dev.temper.web.compute;

import dev.temper.platform.common.Caller;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.Problem;
import dev.temper.platform.resource.PoolStock;
import dev.temper.platform.resource.PoolView;
import dev.temper.platform.resource.Pools;
import dev.temper.platform.resource.QuotaLimits;
import dev.temper.platform.resource.QuotaUse;
import dev.temper.platform.resource.Quotas;
import dev.temper.platform.resource.TenantQuotas;
import dev.temper.web.live.LiveAddress;
import dev.temper.web.shell.ApiCall;
import dev.temper.web.shell.Badge;
import dev.temper.web.shell.Crumb;
import dev.temper.web.shell.Formats;
import dev.temper.web.shell.Pages;
import dev.temper.web.shell.Refused;
import dev.temper.web.shell.Shell;
import dev.temper.web.shell.Told;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
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

/** What each tenant may have of each pool: the matrix, and one cell of it to edit. */
@Controller
@RequestMapping("/admin/quotas")
class QuotaPages {
    private static final String ROOT = "/admin/quotas";
    private static final long HOUR = 3_600;

    private final Quotas quotas;
    private final Pools pools;
    private final MessageSource words;
    private final LiveAddress live;

    QuotaPages(Quotas quotas, Pools pools, MessageSource words, LiveAddress live) {
        this.quotas = quotas;
        this.pools = pools;
        this.words = words;
        this.live = live;
    }

    record Row(String tenant, Badge badge, List<QuotaCell> cells) {}

    record Matrix(List<PoolRow> pools, List<Row> items, Pages pages) {}

    /** What was typed into the form; hours rather than seconds, empty for no limit, and where a field was not sent. */
    record Form(
            String guaranteed,
            String ceiling,
            String monthlyGpuHours,
            String maxRunHours,
            String maxJobs,
            String minPriority,
            String maxPriority) {
        Form {
            guaranteed = Objects.requireNonNullElse(guaranteed, "");
            ceiling = Objects.requireNonNullElse(ceiling, "");
            monthlyGpuHours = Objects.requireNonNullElse(monthlyGpuHours, "");
            maxRunHours = Objects.requireNonNullElse(maxRunHours, "");
            maxJobs = Objects.requireNonNullElse(maxJobs, "");
            minPriority = Objects.requireNonNullElse(minPriority, "");
            maxPriority = Objects.requireNonNullElse(maxPriority, "");
        }

        static Form of(QuotaLimits limits) {
            Long seconds = limits.maxRunSeconds();
            return new Form(
                    String.valueOf(limits.guaranteed()),
                    String.valueOf(limits.ceiling()),
                    text(limits.monthlyGpuHours()),
                    text(seconds == null ? null : Math.ceilDiv(seconds, HOUR)),
                    text(limits.maxJobs()),
                    String.valueOf(limits.minPriority()),
                    String.valueOf(limits.maxPriority()));
        }

        QuotaLimits limits() {
            Long hours = Numbers.wholeOrNone("/maxRunHours", maxRunHours);
            return new QuotaLimits(
                    Numbers.whole("/guaranteed", guaranteed),
                    Numbers.whole("/ceiling", ceiling),
                    Numbers.wholeOrNone("/monthlyGpuHours", monthlyGpuHours),
                    hours == null ? null : hours * HOUR,
                    Numbers.wholeOrNone("/maxJobs", maxJobs) == null ? null : Numbers.whole("/maxJobs", maxJobs),
                    Numbers.whole("/minPriority", minPriority),
                    Numbers.whole("/maxPriority", maxPriority));
        }

        private static String text(@Nullable Number number) {
            return number == null ? "" : number.toString();
        }
    }

    @ModelAttribute("area")
    String area() {
        return "quotas";
    }

    @GetMapping
    String matrix(
            PageQuery page,
            HttpServletRequest request,
            Model model,
            @ModelAttribute("shell") Shell shell,
            @ModelAttribute("fmt") Formats formats) {
        Caller.current().require(Permission.MANAGE_PLATFORM);
        model.addAttribute("live", live.of(shell, "quota", "pool", "node", "job"));
        Page<TenantQuotas> found = quotas.matrix(page);
        Map<UUID, PoolStock> stock = pools.stock();
        model.addAttribute(
                "matrix",
                new Matrix(
                        pools.list().stream()
                                .map(pool -> PoolRow.of(pool, stock.getOrDefault(pool.id(), PoolStock.EMPTY)))
                                .toList(),
                        found.items().stream()
                                .map(tenant -> row(tenant, stock, formats))
                                .toList(),
                        Pages.of(request, found.next())));
        model.addAttribute("apiCall", ApiCall.get(request, "/api/v1/quotas"));
        return "compute/quotas";
    }

    private static Row row(TenantQuotas tenant, Map<UUID, PoolStock> stock, Formats formats) {
        return new Row(
                tenant.tenant(),
                Badge.of(tenant.tenantId().toString(), tenant.tenant()),
                tenant.cells().stream().map(use -> cell(use, stock, formats)).toList());
    }

    static QuotaCell cell(QuotaUse use, Map<UUID, PoolStock> stock, Formats formats) {
        return QuotaCell.of(
                use, stock.getOrDefault(use.poolId(), PoolStock.EMPTY).devices(), formats);
    }

    @GetMapping("/{tenant}/{pool}")
    String form(
            @PathVariable UUID tenant,
            @PathVariable UUID pool,
            Model model,
            Locale locale,
            HttpServletRequest request,
            @ModelAttribute("fmt") Formats formats) {
        Caller.current().require(Permission.MANAGE_PLATFORM);
        QuotaUse use = quotas.use(tenant, pool);
        return draw(use, Form.of(use.limits()), model, locale, request, formats);
    }

    private String draw(
            QuotaUse use, Form form, Model model, Locale locale, HttpServletRequest request, Formats formats) {
        Map<UUID, PoolStock> stock = pools.stock();
        PoolView pool = pools.get(use.poolId());
        PoolStock there = stock.getOrDefault(use.poolId(), PoolStock.EMPTY);
        model.addAttribute("cell", cell(use, stock, formats));
        model.addAttribute("pool", PoolRow.of(pool, there));
        model.addAttribute("others", there.guaranteed() - use.limits().guaranteed());
        model.addAttribute("form", form);
        model.addAttribute("version", use.version());
        model.addAttribute(
                "crumbs",
                List.of(new Crumb(Objects.requireNonNull(words.getMessage("quotas.title", null, locale)), ROOT)));
        model.addAttribute("apiCall", ApiCall.get(request, "/api/v1/quotas/" + use.tenantId() + "/" + use.poolId()));
        return "compute/quota";
    }

    @PostMapping("/{tenant}/{pool}")
    String set(
            @PathVariable UUID tenant,
            @PathVariable UUID pool,
            @ModelAttribute Form form,
            @RequestParam long version,
            Model model,
            Locale locale,
            HttpServletRequest request,
            HttpServletResponse response,
            @ModelAttribute("fmt") Formats formats,
            RedirectAttributes redirect) {
        try {
            QuotaLimits limits = form.limits();
            quotas.set(tenant, pool, limits, at(version));
            tell(quotas.use(tenant, pool)).on(redirect);
            return "redirect:" + ROOT;
        } catch (Problem problem) {
            return refuse(tenant, pool, form, problem, model, locale, request, response, formats);
        }
    }

    /** Whoever sets a ceiling below what is held is told what comes of it. */
    private static Told tell(QuotaUse now) {
        int above = now.held() - now.limits().ceiling();
        return above > 0
                ? new Told(
                        "warn",
                        "alert-triangle",
                        "quotas.was_set.below",
                        List.of(now.tenant(), now.pool(), String.valueOf(above)))
                : Told.done("quotas.was_set", now.tenant(), now.pool());
    }

    @PostMapping("/{tenant}/{pool}/remove")
    String remove(
            @PathVariable UUID tenant,
            @PathVariable UUID pool,
            @RequestParam long version,
            Model model,
            Locale locale,
            HttpServletRequest request,
            HttpServletResponse response,
            @ModelAttribute("fmt") Formats formats,
            RedirectAttributes redirect) {
        try {
            quotas.remove(tenant, pool, at(version));
            QuotaUse now = quotas.use(tenant, pool);
            Told.done("quotas.was_removed", now.tenant(), now.pool()).on(redirect);
            return "redirect:" + ROOT;
        } catch (Problem problem) {
            QuotaUse now = quotas.use(tenant, pool);
            return refuse(tenant, pool, Form.of(now.limits()), problem, model, locale, request, response, formats);
        }
    }

    private String refuse(
            UUID tenant,
            UUID pool,
            Form form,
            Problem problem,
            Model model,
            Locale locale,
            HttpServletRequest request,
            HttpServletResponse response,
            Formats formats) {
        Refused.show(problem, model, response, locale);
        return draw(quotas.use(tenant, pool), form, model, locale, request, formats);
    }

    private static IfMatch at(long version) {
        return new IfMatch(List.of(version));
    }
}
