package dev.temper.web.compute;

import dev.temper.platform.common.Caller;
import dev.temper.platform.common.Cursors;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.Problem;
import dev.temper.platform.resource.BudgetView;
import dev.temper.platform.resource.Budgets;
import dev.temper.platform.resource.PoolView;
import dev.temper.platform.resource.Pools;
import dev.temper.platform.resource.ShareView;
import dev.temper.platform.resource.Shares;
import dev.temper.platform.tenant.Members;
import dev.temper.web.shell.ApiCall;
import dev.temper.web.shell.Crumb;
import dev.temper.web.shell.Formats;
import dev.temper.web.shell.Moment;
import dev.temper.web.shell.Refused;
import dev.temper.web.shell.Shell;
import dev.temper.web.shell.Told;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
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

/** How a tenant's admins share its quota out among its people, and how far its budgets are used up. */
@Controller
@RequestMapping("/t/{tenant}/queue/shares")
class SharePages {
    private static final int LOW = 80;
    private static final int GONE = 100;

    private final Shares shares;
    private final Budgets budgets;
    private final Members members;
    private final Pools pools;
    private final Cursors cursors;
    private final MessageSource words;

    SharePages(Shares shares, Budgets budgets, Members members, Pools pools, Cursors cursors, MessageSource words) {
        this.shares = shares;
        this.budgets = budgets;
        this.members = members;
        this.pools = pools;
        this.cursors = cursors;
        this.words = words;
    }

    record Choice(String value, String label) {}

    /** @param spent {@code warn}, {@code bad} or empty */
    record Budget(
            String pool,
            String used,
            long hours,
            String part,
            Bar bar,
            String spent,
            @Nullable Moment renews) {
        static Budget of(BudgetView budget, Formats formats) {
            long percent = budget.percent();
            return new Budget(
                    budget.pool(),
                    Measures.hours(budget.usedSeconds()),
                    budget.hours(),
                    percent + " %",
                    Bar.of((int) Math.min(GONE, percent), 0, 0, GONE),
                    percent >= GONE ? "bad" : percent >= LOW ? "warn" : "",
                    formats.day(budget.renewsAt()));
        }
    }

    /** What was typed into the form; nothing where a field was not even sent. */
    record Form(String userId, String pool, String maxDevices) {
        Form {
            userId = Objects.requireNonNullElse(userId, "");
            pool = Objects.requireNonNullElse(pool, "");
            maxDevices = Objects.requireNonNullElse(maxDevices, "");
        }
    }

    @ModelAttribute("area")
    String area() {
        return "queue";
    }

    @GetMapping
    String list(
            Model model,
            Locale locale,
            HttpServletRequest request,
            @ModelAttribute("shell") Shell shell,
            @ModelAttribute("fmt") Formats formats) {
        return draw(new Form("", "", ""), model, locale, request, shell, formats);
    }

    @PostMapping
    String set(
            @ModelAttribute Form form,
            Model model,
            Locale locale,
            HttpServletRequest request,
            HttpServletResponse response,
            @ModelAttribute("shell") Shell shell,
            @ModelAttribute("fmt") Formats formats,
            RedirectAttributes redirect) {
        try {
            ShareView set = shares.set(form.pool(), id(form.userId()), Numbers.whole("/maxDevices", form.maxDevices()));
            Told.done("shares.was_set", set.person(), String.valueOf(set.maxDevices()), set.pool())
                    .on(redirect);
            return "redirect:" + root(shell);
        } catch (Problem problem) {
            Refused.show(problem, model, response, locale);
            return draw(form, model, locale, request, shell, formats);
        }
    }

    @PostMapping("/{id}/remove")
    String remove(
            @PathVariable UUID id,
            @RequestParam long version,
            Locale locale,
            @ModelAttribute("shell") Shell shell,
            RedirectAttributes redirect) {
        try {
            shares.remove(id, new IfMatch(List.of(version)));
            Told.done("shares.was_removed").on(redirect);
        } catch (Problem problem) {
            Told.wrong("jobs.refused", Refused.of(problem, locale).message()).on(redirect);
        }
        return "redirect:" + root(shell);
    }

    private String draw(
            Form form, Model model, Locale locale, HttpServletRequest request, Shell shell, Formats formats) {
        Caller.current().require(Permission.READ);
        boolean manage = Caller.current().may(Permission.MANAGE_TENANT);
        model.addAttribute("shares", shares.list());
        model.addAttribute(
                "budgets",
                budgets.list().stream().map(each -> Budget.of(each, formats)).toList());
        model.addAttribute("manage", manage);
        model.addAttribute("form", form);
        if (manage) {
            model.addAttribute("people", people());
            model.addAttribute(
                    "pools", pools.list().stream().map(PoolView::name).toList());
        }
        model.addAttribute(
                "crumbs",
                List.of(new Crumb(
                        Objects.requireNonNull(words.getMessage("queue.title", null, locale)), queue(shell))));
        model.addAttribute("apiCall", ApiCall.get(request, "/api/v1/quota-shares"));
        return "compute/shares";
    }

    private List<Choice> people() {
        return members.list(cursors.query(PageQuery.MAX_LIMIT, null, "shares page")).items().stream()
                .map(member -> new Choice(member.userId().toString(), member.displayName() + " · " + member.email()))
                .toList();
    }

    /** What is no id is nobody's. */
    private static UUID id(String typed) {
        try {
            return UUID.fromString(typed);
        } catch (IllegalArgumentException _) {
            return new UUID(0, 0);
        }
    }

    private static String root(Shell shell) {
        return queue(shell) + "/shares";
    }

    private static String queue(Shell shell) {
        return "/t/" + Objects.requireNonNull(shell.tenant()).slug() + "/queue";
    }
}
