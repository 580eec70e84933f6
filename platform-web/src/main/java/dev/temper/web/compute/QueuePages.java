package dev.temper.web.compute;

import dev.temper.platform.common.Caller;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.TenantScope;
import dev.temper.platform.job.JobFilter;
import dev.temper.platform.job.JobState;
import dev.temper.platform.job.JobView;
import dev.temper.platform.job.Jobs;
import dev.temper.platform.resource.PoolStock;
import dev.temper.platform.resource.PoolView;
import dev.temper.platform.resource.Pools;
import dev.temper.platform.resource.QuotaUse;
import dev.temper.platform.resource.Quotas;
import dev.temper.platform.scheduling.WaitView;
import dev.temper.platform.scheduling.Waits;
import dev.temper.web.live.LiveAddress;
import dev.temper.web.shell.ApiCall;
import dev.temper.web.shell.Formats;
import dev.temper.web.shell.Pages;
import dev.temper.web.shell.Shell;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What a tenant may use and uses, and its jobs: which run, which wait, and why. */
@Controller
@RequestMapping("/t/{tenant}/queue")
class QueuePages {
    private static final List<JobState> OPEN =
            Arrays.stream(JobState.values()).filter(state -> !state.ended()).toList();
    private static final List<JobState> ENDED =
            Arrays.stream(JobState.values()).filter(JobState::ended).toList();

    private final Jobs jobs;
    private final Waits waits;
    private final WaitWords waitWords;
    private final Quotas quotas;
    private final Pools pools;
    private final LiveAddress live;

    QueuePages(Jobs jobs, Waits waits, WaitWords waitWords, Quotas quotas, Pools pools, LiveAddress live) {
        this.jobs = jobs;
        this.waits = waits;
        this.waitWords = waitWords;
        this.quotas = quotas;
        this.pools = pools;
        this.live = live;
    }

    /** A pool that the tenant may use, or does. */
    record Share(String pool, String description, PoolStock stock, Bar bar, QuotaCell own) {}

    record JobList(List<JobRow> items, Pages pages) {}

    /** How the list of jobs is narrowed. */
    record Narrowed(String show, String whose, String pool) {
        public boolean any() {
            return !(show.equals("open") && whose.isEmpty() && pool.isEmpty());
        }

        JobFilter filter(@Nullable UUID me) {
            List<JobState> states = switch (show) {
                case "all" -> List.of();
                case "ended" -> ENDED;
                default -> OPEN;
            };
            return new JobFilter(states, whose.equals("me") ? me : null, pool.isEmpty() ? null : pool);
        }
    }

    @ModelAttribute("area")
    String area() {
        return "queue";
    }

    @GetMapping
    String queue(
            PageQuery page,
            @RequestParam(defaultValue = "open") String show,
            @RequestParam(defaultValue = "") String whose,
            @RequestParam(defaultValue = "") String pool,
            HttpServletRequest request,
            Model model,
            Locale locale,
            @ModelAttribute("shell") Shell shell,
            @ModelAttribute("fmt") Formats formats) {
        Caller.current().require(Permission.READ);
        model.addAttribute("live", live.of(shell, "job", "queue", "quota", "pool", "node"));
        model.addAttribute("shares", shares(formats));
        Narrowed narrowed = new Narrowed(show, whose, pool);
        Page<JobView> found =
                jobs.list(narrowed.filter(Caller.current().person().orElse(null)), page);
        Map<UUID, WaitView> why =
                waits.of(found.items().stream().map(JobView::id).toList());
        model.addAttribute(
                "jobs",
                new JobList(
                        found.items().stream()
                                .map(job -> JobRow.of(job, wait(why.get(job.id()), formats, locale), formats))
                                .toList(),
                        Pages.of(request, found.next())));
        model.addAttribute("narrowed", narrowed);
        model.addAttribute("apiCall", ApiCall.get(request, "/api/v1/quotas"));
        return "compute/queue";
    }

    private List<Share> shares(Formats formats) {
        Map<UUID, PoolStock> stock = pools.stock();
        UUID tenant = TenantScope.require();
        return pools.list().stream()
                .map(pool -> share(pool, quotas.use(tenant, pool.id()), stock, formats))
                .filter(share ->
                        !share.own().ceiling().equals("0") || share.own().held() > 0)
                .toList();
    }

    private static Share share(PoolView pool, QuotaUse use, Map<UUID, PoolStock> stock, Formats formats) {
        PoolStock there = stock.getOrDefault(pool.id(), PoolStock.EMPTY);
        return new Share(
                pool.name(),
                pool.description(),
                there,
                Bar.of(there.held(), 0, 0, there.devices()),
                QuotaPages.cell(use, stock, formats));
    }

    private JobRow.@Nullable Wait wait(@Nullable WaitView wait, Formats formats, Locale locale) {
        return wait == null
                ? null
                : new JobRow.Wait(
                        wait.position(), waitWords.say(wait, formats, locale), formats.moment(wait.estimatedStart()));
    }
}
