package dev.temper.web.compute;

import dev.temper.platform.common.Caller;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.common.Permission;
import dev.temper.platform.resource.PoolStock;
import dev.temper.platform.resource.Pools;
import dev.temper.platform.scheduling.FleetJob;
import dev.temper.platform.scheduling.FleetQueue;
import dev.temper.web.live.LiveAddress;
import dev.temper.web.shell.Badge;
import dev.temper.web.shell.Formats;
import dev.temper.web.shell.Moment;
import dev.temper.web.shell.Pages;
import dev.temper.web.shell.Shell;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The queue over all tenants: whose jobs run and wait, and which rule holds them; nothing of what they are about. */
@Controller
@RequestMapping("/admin/queue")
class FleetPages {
    private final FleetQueue queue;
    private final Pools pools;
    private final LiveAddress live;

    FleetPages(FleetQueue queue, Pools pools, LiveAddress live) {
        this.queue = queue;
        this.pools = pools;
        this.live = live;
    }

    record Row(
            UUID id,
            String tenant,
            Badge badge,
            long number,
            Status status,
            @Nullable Moment since,
            String pool,
            int devices,
            int priority,
            int attempt,
            @Nullable Integer position,
            @Nullable String code,
            @Nullable Moment starts) {
        static Row of(FleetJob job, Formats formats) {
            return new Row(
                    job.id(),
                    job.tenant(),
                    Badge.of(job.tenantId().toString(), job.tenant()),
                    job.number(),
                    Status.of(job.state()),
                    formats.moment(job.stateSince()),
                    job.pool(),
                    job.devices(),
                    job.priority(),
                    job.attempt(),
                    job.position(),
                    job.code(),
                    formats.moment(job.estimatedStart()));
        }
    }

    record JobList(List<Row> items, Pages pages) {}

    @ModelAttribute("area")
    String area() {
        return "fleet";
    }

    @GetMapping
    String queue(
            PageQuery page,
            @RequestParam(defaultValue = "") String pool,
            HttpServletRequest request,
            Model model,
            @ModelAttribute("shell") Shell shell,
            @ModelAttribute("fmt") Formats formats) {
        Caller.current().require(Permission.MANAGE_PLATFORM);
        model.addAttribute("live", live.of(shell, "job", "queue", "node", "pool"));
        Map<UUID, PoolStock> stock = pools.stock();
        model.addAttribute(
                "pools",
                pools.list().stream()
                        .map(each -> PoolRow.of(each, stock.getOrDefault(each.id(), PoolStock.EMPTY)))
                        .toList());
        Page<FleetJob> found = queue.open(pool.isEmpty() ? null : pool, null, page);
        model.addAttribute(
                "jobs",
                new JobList(
                        found.items().stream().map(job -> Row.of(job, formats)).toList(),
                        Pages.of(request, found.next())));
        model.addAttribute("chosen", pool);
        return "compute/fleet";
    }
}
