package dev.temper.web.members;

import dev.temper.platform.common.Caller;
import dev.temper.platform.common.Cursors;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.Problem;
import dev.temper.platform.tenant.Invitations;
import dev.temper.platform.tenant.Member;
import dev.temper.platform.tenant.Members;
import dev.temper.platform.tenant.Role;
import dev.temper.web.shell.ApiCall;
import dev.temper.web.shell.Crumb;
import dev.temper.web.shell.Formats;
import dev.temper.web.shell.Pages;
import dev.temper.web.shell.Refused;
import dev.temper.web.shell.Shell;
import dev.temper.web.shell.Told;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
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

/** The people of a tenant: the list, one member's role, leaving. */
@Controller
@RequestMapping("/t/{tenant}/members")
class MembersPages {
    private static final int INVITATIONS_SHOWN = 100;

    private final Members members;
    private final Invitations invitations;
    private final Cursors cursors;
    private final MessageSource words;

    MembersPages(Members members, Invitations invitations, Cursors cursors, MessageSource words) {
        this.members = members;
        this.invitations = invitations;
        this.cursors = cursors;
        this.words = words;
    }

    /** What the reader may do on these pages. */
    record May(boolean manage) {}

    record MemberList(List<MemberRow> items, Pages pages) {}

    @ModelAttribute("area")
    String area() {
        return "members";
    }

    @GetMapping
    String list(PageQuery page, HttpServletRequest request, Model model, @ModelAttribute("fmt") Formats formats) {
        Caller reader = Caller.current();
        boolean manage = reader.may(Permission.MANAGE_TENANT);
        Page<Member> found = members.list(page);
        boolean oneOwnerLeft = members.oneOwnerLeft();
        model.addAttribute("may", new May(manage));
        model.addAttribute(
                "members",
                new MemberList(
                        found.items().stream()
                                .map(member -> MemberRow.of(member, reader, formats, oneOwnerLeft))
                                .toList(),
                        Pages.of(request, found.next())));
        if (manage) {
            model.addAttribute("invitations", pending(reader, formats));
        }
        model.addAttribute("apiCall", ApiCall.get(request, "/api/v1/memberships"));
        return "members/members";
    }

    private List<InvitationRow> pending(Caller reader, Formats formats) {
        return invitations.list(cursors.query(INVITATIONS_SHOWN, null, "members page")).items().stream()
                .filter(InvitationRow::pending)
                .map(invitation -> InvitationRow.of(invitation, reader, formats))
                .toList();
    }

    @GetMapping("/{id}")
    String member(
            @PathVariable UUID id,
            Model model,
            Locale locale,
            @ModelAttribute("shell") Shell shell,
            @ModelAttribute("fmt") Formats formats) {
        draw(members.get(id), model, locale, shell, formats);
        return "members/member";
    }

    private void draw(Member member, Model model, Locale locale, Shell shell, Formats formats) {
        model.addAttribute("member", MemberRow.of(member, Caller.current(), formats, members.oneOwnerLeft()));
        model.addAttribute("roles", grantable(Caller.current()));
        model.addAttribute("chosen", member.role().name());
        model.addAttribute("crumbs", crumbs(locale, shell));
    }

    @PostMapping("/{id}")
    String changeRole(
            @PathVariable UUID id,
            @RequestParam Role role,
            @RequestParam long version,
            Model model,
            Locale locale,
            @ModelAttribute("shell") Shell shell,
            @ModelAttribute("fmt") Formats formats,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        try {
            Member changed = members.changeRole(id, role, new IfMatch(List.of(version)));
            Told.done("members.role_changed", changed.displayName(), name(changed.role(), locale))
                    .on(redirect);
            return "redirect:" + root(shell);
        } catch (Problem problem) {
            response.setStatus(problem.code().status());
            draw(members.get(id), model, locale, shell, formats);
            model.addAttribute("chosen", role.name());
            model.addAttribute("refused", Refused.of(problem, locale));
            return "members/member";
        }
    }

    @PostMapping("/{id}/remove")
    String remove(
            @PathVariable UUID id,
            Model model,
            Locale locale,
            @ModelAttribute("shell") Shell shell,
            @ModelAttribute("fmt") Formats formats,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        Member member = members.get(id);
        boolean self = Caller.current().person().equals(Optional.of(member.userId()));
        try {
            members.remove(id);
        } catch (Problem problem) {
            response.setStatus(problem.code().status());
            draw(member, model, locale, shell, formats);
            model.addAttribute("refused", Refused.of(problem, locale));
            return "members/member";
        }
        if (self) {
            Told.done("members.left", shell.place()).on(redirect);
            return "redirect:/";
        }
        Told.done("members.removed", member.displayName()).on(redirect);
        return "redirect:" + root(shell);
    }

    private String name(Role role, Locale locale) {
        return Objects.requireNonNull(words.getMessage(RoleCard.of(role).label(), null, locale));
    }

    private List<Crumb> crumbs(Locale locale, Shell shell) {
        return List.of(new Crumb(Objects.requireNonNull(words.getMessage("members.title", null, locale)), root(shell)));
    }

    static String root(Shell shell) {
        return "/t/" + Objects.requireNonNull(shell.tenant()).slug() + "/members";
    }

    /** The roles somebody may give, least first. */
    static List<RoleCard> grantable(Caller reader) {
        return Arrays.stream(Role.values())
                .filter(role -> reader.may(role.toGrant()))
                .map(RoleCard::of)
                .toList();
    }

    static @Nullable Role known(@Nullable String role) {
        return Arrays.stream(Role.values())
                .filter(each -> each.name().equals(role))
                .findFirst()
                .orElse(null);
    }
}
