package dev.temper.web.home;

import dev.temper.platform.common.Caller;
import dev.temper.platform.common.Cursors;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.common.Permission;
import dev.temper.platform.dataset.Datasets;
import dev.temper.platform.tenant.ApiKeyState;
import dev.temper.platform.tenant.ApiKeys;
import dev.temper.platform.tenant.InvitationState;
import dev.temper.platform.tenant.Invitations;
import dev.temper.platform.tenant.Members;
import dev.temper.platform.tenant.MyTenant;
import dev.temper.platform.tenant.Profiles;
import dev.temper.platform.tenant.Tenants;
import dev.temper.web.audit.AuditReader;
import dev.temper.web.home.HomeView.Figure;
import dev.temper.web.home.HomeView.Step;
import dev.temper.web.members.RoleCard;
import dev.temper.web.shell.Formats;
import dev.temper.web.shell.Shell;
import dev.temper.web.shell.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Where somebody arrives: their only tenant, the choice among several, or the platform. */
@Controller
class HomePages {
    private static final int NEWEST = 8;
    private static final int COUNTED = PageQuery.MAX_LIMIT;

    private final Datasets datasets;
    private final Members members;
    private final Invitations invitations;
    private final ApiKeys keys;
    private final Profiles profiles;
    private final Tenants tenants;
    private final AuditReader audit;
    private final Cursors cursors;

    HomePages(
            Datasets datasets,
            Members members,
            Invitations invitations,
            ApiKeys keys,
            Profiles profiles,
            Tenants tenants,
            AuditReader audit,
            Cursors cursors) {
        this.datasets = datasets;
        this.members = members;
        this.invitations = invitations;
        this.keys = keys;
        this.profiles = profiles;
        this.tenants = tenants;
        this.audit = audit;
        this.cursors = cursors;
    }

    @GetMapping("/")
    String start(@ModelAttribute("shell") Shell shell, Model model, RedirectAttributes redirect) {
        if (model.getAttribute("told") instanceof Told told) {
            told.on(redirect);
        }
        if (shell.tenants().size() == 1) {
            return "redirect:/t/" + shell.tenants().getFirst().slug();
        }
        boolean platformAdmin = shell.viewer() != null && shell.viewer().platformAdmin();
        return shell.tenants().isEmpty() && platformAdmin ? "redirect:/admin/tenants" : "home/start";
    }

    @GetMapping("/t/{tenant}")
    String home(@PathVariable String tenant, Model model, Locale locale, @ModelAttribute("fmt") Formats formats) {
        Caller reader = Caller.current();
        String root = "/t/" + tenant;
        boolean manage = reader.may(Permission.MANAGE_TENANT);
        boolean read = reader.may(Permission.READ);
        Count brought = read ? count(datasets.list(query(), null, false), _ -> true, formats) : Count.NONE;
        Count people = read ? count(members.list(query()), _ -> true, formats) : Count.NONE;
        Count made = read ? count(keys.list(query()), key -> key.state() == ApiKeyState.ACTIVE, formats) : Count.NONE;
        List<Figure> figures = new ArrayList<>();
        if (read) {
            figures.add(new Figure(brought.text(), "home.figure.datasets", root + "/datasets"));
            figures.add(new Figure(people.text(), "home.figure.members", root + "/members"));
        }
        if (manage) {
            Count open =
                    count(invitations.list(query()), invitation -> invitation.state() == InvitationState.OPEN, formats);
            figures.add(new Figure(open.text(), "home.figure.invitations", root + "/members#invitations-heading"));
        }
        if (read) {
            figures.add(new Figure(made.text(), "home.figure.keys", root + "/keys"));
        }
        model.addAttribute("area", "home");
        model.addAttribute(
                "home",
                new HomeView(
                        role(tenant),
                        figures,
                        steps(root, brought, people, made),
                        reader.may(Permission.READ_AUDIT)
                                ? audit.newest(cursors.query(NEWEST, null, "home"), locale, formats)
                                : null));
        return "home/home";
    }

    private List<Step> steps(String root, Count brought, Count people, Count made) {
        Caller reader = Caller.current();
        List<Step> steps = new ArrayList<>();
        if (reader.may(Permission.WRITE)) {
            steps.add(new Step("data", "file-text", root + "/datasets/import", brought.number() > 0, false));
        }
        if (reader.may(Permission.MANAGE_TENANT)) {
            steps.add(new Step("invite", "user-plus", root + "/members/invite", people.number() > 1, false));
        }
        if (reader.may(Permission.READ)) {
            steps.add(new Step("key", "key", root + "/keys/new", made.number() > 0, false));
        }
        steps.add(new Step(
                "secure", "shield-lock", "/me/security", profiles.mine().totpOn(), false));
        steps.add(new Step("docs", "book", "/api/docs", false, false));
        for (int i = 0; i < steps.size(); i++) {
            if (!steps.get(i).done()) {
                steps.set(i, steps.get(i).first());
                break;
            }
        }
        return steps;
    }

    private String role(String slug) {
        return tenants.mine().stream()
                .filter(mine -> mine.slug().equals(slug))
                .map(MyTenant::role)
                .map(RoleCard::of)
                .map(RoleCard::label)
                .findFirst()
                .orElse("role.viewer");
    }

    /** How many there are, as far as one page tells. */
    private record Count(int number, String text) {
        static final Count NONE = new Count(0, "0");
    }

    private static <T> Count count(Page<T> page, Predicate<T> counted, Formats formats) {
        int number = Math.toIntExact(page.items().stream().filter(counted).count());
        return new Count(number, formats.number(number) + (page.next() == null ? "" : "+"));
    }

    private PageQuery query() {
        return cursors.query(COUNTED, null, "home");
    }
}
