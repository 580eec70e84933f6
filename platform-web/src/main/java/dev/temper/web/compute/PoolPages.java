package dev.temper.web.compute;

import dev.temper.platform.common.Caller;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.Problem;
import dev.temper.platform.resource.NodeFilter;
import dev.temper.platform.resource.NodeState;
import dev.temper.platform.resource.NodeView;
import dev.temper.platform.resource.Nodes;
import dev.temper.platform.resource.PoolChange;
import dev.temper.platform.resource.PoolStock;
import dev.temper.platform.resource.PoolView;
import dev.temper.platform.resource.Pools;
import dev.temper.web.live.LiveAddress;
import dev.temper.web.shell.ApiCall;
import dev.temper.web.shell.Crumb;
import dev.temper.web.shell.Formats;
import dev.temper.web.shell.Once;
import dev.temper.web.shell.Pages;
import dev.temper.web.shell.Refused;
import dev.temper.web.shell.Shell;
import dev.temper.web.shell.Told;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
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

/** The pools, and the machines in them. */
@Controller
@RequestMapping("/admin/pools")
class PoolPages {
    static final String ROOT = "/admin/pools";

    private final Pools pools;
    private final Nodes nodes;
    private final Once once;
    private final MessageSource words;
    private final LiveAddress live;

    PoolPages(Pools pools, Nodes nodes, Once once, MessageSource words, LiveAddress live) {
        this.pools = pools;
        this.nodes = nodes;
        this.once = once;
        this.words = words;
        this.live = live;
    }

    record NodeList(List<NodeRow> items, Pages pages) {}

    /** What was typed into the form; nothing where a field was not even sent. */
    record Form(String name, String description, String selector, String defaultCeiling) {
        Form {
            name = Objects.requireNonNullElse(name, "");
            description = Objects.requireNonNullElse(description, "");
            selector = Objects.requireNonNullElse(selector, "");
            defaultCeiling = Objects.requireNonNullElse(defaultCeiling, "");
        }

        PoolChange change() {
            return new PoolChange(description, labels(selector), Numbers.whole("/defaultCeiling", defaultCeiling));
        }
    }

    /** How the list of nodes is narrowed. */
    record Narrowed(String pool, String state, String label) {
        public boolean any() {
            return !(pool.isEmpty() && state.isEmpty() && label.isEmpty());
        }

        NodeFilter filter() {
            return new NodeFilter(
                    labels(label),
                    pool.isEmpty() ? null : pool,
                    Arrays.stream(NodeState.values())
                            .filter(each -> each.name().equals(state))
                            .findFirst()
                            .orElse(null));
        }
    }

    @ModelAttribute("area")
    String area() {
        return "pools";
    }

    @GetMapping
    String list(
            PageQuery page,
            @RequestParam(defaultValue = "") String pool,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String label,
            HttpServletRequest request,
            Model model,
            @ModelAttribute("shell") Shell shell,
            @ModelAttribute("fmt") Formats formats) {
        Caller.current().require(Permission.MANAGE_PLATFORM);
        model.addAttribute("live", live.of(shell, "pool", "node"));
        Map<UUID, PoolStock> stock = pools.stock();
        model.addAttribute(
                "pools", pools.list().stream().map(each -> row(each, stock)).toList());
        Narrowed narrowed = new Narrowed(pool, state, label.strip());
        Page<NodeView> found = nodes.list(narrowed.filter(), page);
        model.addAttribute(
                "nodes",
                new NodeList(
                        found.items().stream()
                                .map(node -> NodeRow.of(node, formats))
                                .toList(),
                        Pages.of(request, found.next())));
        model.addAttribute("narrowed", narrowed);
        model.addAttribute("states", NodeState.values());
        model.addAttribute("apiCall", ApiCall.get(request, "/api/v1/nodes"));
        return "compute/pools";
    }

    @GetMapping("/new")
    String form(Model model, Locale locale, HttpServletRequest request) {
        Caller.current().require(Permission.MANAGE_PLATFORM);
        return draw(new Form("", "", "", "0"), null, once.key(), model, locale, request);
    }

    @PostMapping("/new")
    String create(
            @ModelAttribute Form form,
            @RequestParam("once") String key,
            Model model,
            Locale locale,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        try {
            return once.lead(key, () -> {
                Told.done(
                                "pools.was_created",
                                pools.create(form.name().strip(), form.change()).name())
                        .on(redirect);
                return "redirect:" + ROOT;
            });
        } catch (Problem problem) {
            Refused.show(problem, model, response, locale);
            return draw(form, null, key, model, locale, request);
        }
    }

    @GetMapping("/{id}")
    String pool(@PathVariable UUID id, Model model, Locale locale, HttpServletRequest request) {
        Caller.current().require(Permission.MANAGE_PLATFORM);
        PoolView pool = pools.get(id);
        return draw(form(pool), row(pool, pools.stock()), "", model, locale, request);
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
            RedirectAttributes redirect) {
        try {
            Told.done(
                            "pools.was_changed",
                            pools.change(id, form.change(), new IfMatch(List.of(version)))
                                    .name())
                    .on(redirect);
            return "redirect:" + ROOT;
        } catch (Problem problem) {
            Refused.show(problem, model, response, locale);
            PoolView pool = pools.get(id);
            return draw(form, row(pool, pools.stock()), "", model, locale, request);
        }
    }

    @PostMapping("/{id}/remove")
    String remove(
            @PathVariable UUID id,
            @RequestParam long version,
            Model model,
            Locale locale,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        PoolView pool = pools.get(id);
        try {
            pools.remove(id, new IfMatch(List.of(version)));
            Told.done("pools.was_removed", pool.name()).on(redirect);
            return "redirect:" + ROOT;
        } catch (Problem problem) {
            Refused.show(problem, model, response, locale);
            return draw(form(pool), row(pool, pools.stock()), "", model, locale, request);
        }
    }

    private String draw(
            Form form, @Nullable PoolRow pool, String key, Model model, Locale locale, HttpServletRequest request) {
        model.addAttribute("form", form);
        model.addAttribute("pool", pool);
        model.addAttribute("once", key);
        model.addAttribute("crumbs", crumbs(words, locale));
        model.addAttribute(
                "apiCall",
                pool == null
                        ? ApiCall.post(request, "/api/v1/pools")
                        : ApiCall.get(request, "/api/v1/pools/" + pool.id()));
        return "compute/pool";
    }

    static List<Crumb> crumbs(MessageSource words, Locale locale) {
        return List.of(new Crumb(Objects.requireNonNull(words.getMessage("pools.title", null, locale)), ROOT));
    }

    /** Labels as people type them: with spaces, commas or lines between. */
    static List<String> labels(String typed) {
        return Arrays.stream(typed.strip().split("[\\s,，;；]+", -1))
                .filter(label -> !label.isEmpty())
                .toList();
    }

    private static Form form(PoolView pool) {
        return new Form(
                pool.name(),
                pool.description(),
                String.join("\n", pool.selector()),
                String.valueOf(pool.defaultCeiling()));
    }

    private static PoolRow row(PoolView pool, Map<UUID, PoolStock> stock) {
        return PoolRow.of(pool, stock.getOrDefault(pool.id(), PoolStock.EMPTY));
    }
}
