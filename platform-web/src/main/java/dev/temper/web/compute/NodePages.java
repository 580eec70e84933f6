package dev.temper.web.compute;

import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.Problem;
import dev.temper.platform.resource.NodeView;
import dev.temper.platform.resource.Nodes;
import dev.temper.web.live.LiveAddress;
import dev.temper.web.shell.ApiCall;
import dev.temper.web.shell.Crumb;
import dev.temper.web.shell.Formats;
import dev.temper.web.shell.Refused;
import dev.temper.web.shell.Shell;
import dev.temper.web.shell.Told;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
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

/** One machine: its devices, and what is to become of it. */
@Controller
@RequestMapping("/admin/nodes/{id}")
class NodePages {
    private static final String ROOT = "/admin/nodes/";

    private final Nodes nodes;
    private final MessageSource words;
    private final LiveAddress live;

    NodePages(Nodes nodes, MessageSource words, LiveAddress live) {
        this.nodes = nodes;
        this.words = words;
        this.live = live;
    }

    /** What an admin may wish of a node, which says first what becomes of the jobs on it. */
    enum Wish {
        CORDON,
        DRAIN,
        READY,
        RETIRE;

        static Wish of(String path) {
            for (Wish wish : values()) {
                if (wish.path().equals(path)) {
                    return wish;
                }
            }
            throw ErrorCode.PATH_UNKNOWN.problem();
        }

        public String path() {
            return name().toLowerCase(Locale.ROOT);
        }

        public boolean stopsJobs() {
            return this == DRAIN || this == RETIRE;
        }
    }

    @ModelAttribute("area")
    String area() {
        return "pools";
    }

    @GetMapping
    String node(
            @PathVariable UUID id,
            Model model,
            Locale locale,
            HttpServletRequest request,
            @ModelAttribute("shell") Shell shell,
            @ModelAttribute("fmt") Formats formats) {
        Caller.current().require(Permission.MANAGE_PLATFORM);
        model.addAttribute("live", live.of(shell, "node." + id));
        NodeView node = nodes.get(id);
        return draw(node, String.join("\n", node.labels()), model, locale, request, formats);
    }

    private String draw(
            NodeView node, String labels, Model model, Locale locale, HttpServletRequest request, Formats formats) {
        model.addAttribute("node", NodeRow.of(node, formats));
        model.addAttribute("labels", labels);
        model.addAttribute("crumbs", PoolPages.crumbs(words, locale));
        model.addAttribute("apiCall", ApiCall.get(request, "/api/v1/nodes/" + node.id()));
        return "compute/node";
    }

    @PostMapping("/labels")
    String label(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String labels,
            @RequestParam long version,
            Model model,
            Locale locale,
            HttpServletRequest request,
            HttpServletResponse response,
            @ModelAttribute("fmt") Formats formats,
            RedirectAttributes redirect) {
        try {
            NodeView node = nodes.label(id, PoolPages.labels(labels), at(version));
            Told.done("nodes.was_labelled", node.name()).on(redirect);
            return "redirect:" + ROOT + id;
        } catch (Problem problem) {
            Refused.show(problem, model, response, locale);
            return draw(nodes.get(id), labels, model, locale, request, formats);
        }
    }

    @GetMapping("/{wish:cordon|drain|ready|retire}")
    String ask(
            @PathVariable UUID id,
            @PathVariable String wish,
            Model model,
            Locale locale,
            @ModelAttribute("fmt") Formats formats) {
        return ask(nodes.get(id), Wish.of(wish), model, locale, formats);
    }

    private String ask(NodeView node, Wish wish, Model model, Locale locale, Formats formats) {
        Caller.current().require(Permission.MANAGE_PLATFORM);
        model.addAttribute("node", NodeRow.of(node, formats));
        model.addAttribute("wish", wish);
        List<Crumb> crumbs = new ArrayList<>(PoolPages.crumbs(words, locale));
        crumbs.add(new Crumb(node.name(), ROOT + node.id()));
        model.addAttribute("crumbs", crumbs);
        return "compute/node-wish";
    }

    @PostMapping("/{wish:cordon|drain|ready|retire}")
    String act(
            @PathVariable UUID id,
            @PathVariable String wish,
            @RequestParam long version,
            Model model,
            Locale locale,
            HttpServletResponse response,
            @ModelAttribute("fmt") Formats formats,
            RedirectAttributes redirect) {
        Wish wanted = Wish.of(wish);
        String name = nodes.get(id).name();
        try {
            switch (wanted) {
                case CORDON -> nodes.cordon(id, at(version));
                case DRAIN -> nodes.drain(id, at(version));
                case READY -> nodes.makeReady(id, at(version));
                case RETIRE -> nodes.retire(id, at(version));
            }
            Told.done("nodes.done." + wanted.path(), name).on(redirect);
            return "redirect:" + (wanted == Wish.RETIRE ? PoolPages.ROOT : ROOT + id);
        } catch (Problem problem) {
            Refused.show(problem, model, response, locale);
            return ask(nodes.get(id), wanted, model, locale, formats);
        }
    }

    private static IfMatch at(long version) {
        return new IfMatch(List.of(version));
    }
}
