package dev.temper.web.notice;

import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.notice.NoticeView;
import dev.temper.platform.notice.Notices;
import dev.temper.platform.task.Tasks;
import dev.temper.web.live.LiveAddress;
import dev.temper.web.shell.ApiCall;
import dev.temper.web.shell.Formats;
import dev.temper.web.shell.Pages;
import dev.temper.web.shell.Shell;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What one is told in a tenant. Opening a notice marks it as read and leads to what it is about. */
@Controller
@RequestMapping("/t/{tenant}/notices")
class NoticePages {
    private final Notices notices;
    private final Tasks tasks;
    private final LiveAddress live;

    NoticePages(Notices notices, Tasks tasks, LiveAddress live) {
        this.notices = notices;
        this.tasks = tasks;
        this.live = live;
    }

    record NoticeList(List<NoticeRow> items, Pages pages) {}

    @ModelAttribute("area")
    String area() {
        return "notices";
    }

    @GetMapping
    String list(
            PageQuery page,
            HttpServletRequest request,
            Model model,
            Locale locale,
            @ModelAttribute("shell") Shell shell,
            @ModelAttribute("fmt") Formats formats) {
        model.addAttribute("live", live.of(shell));
        Page<NoticeView> found = notices.list(page, locale);
        model.addAttribute(
                "notices",
                new NoticeList(
                        found.items().stream()
                                .map(notice -> NoticeRow.of(notice, formats))
                                .toList(),
                        Pages.of(request, found.next())));
        model.addAttribute("apiCall", ApiCall.get(request, "/api/v1/notices"));
        return "notice/notices";
    }

    /** The bell at the top of open pages, when something has come. */
    @GetMapping("/bell")
    String bell() {
        return "shell/bell :: bell";
    }

    @PostMapping("/read")
    String readAll(@RequestParam UUID upTo, @ModelAttribute("shell") Shell shell) {
        notices.readUpTo(upTo);
        return "redirect:" + root(shell) + "/notices";
    }

    @PostMapping("/{id}/read")
    String read(@PathVariable UUID id, Locale locale, @ModelAttribute("shell") Shell shell) {
        notices.read(id, locale);
        return "redirect:" + root(shell) + "/notices";
    }

    @GetMapping("/{id}")
    String open(@PathVariable UUID id, Locale locale, @ModelAttribute("shell") Shell shell) {
        JsonNode about = JsonMapper.shared().readTree(notices.read(id, locale).data());
        return "redirect:" + root(shell) + place(about);
    }

    private String place(JsonNode about) {
        if (about.has("task")) {
            UUID task = UUID.fromString(about.path("task").asString());
            return "/tasks/" + tasks.get(task).number();
        }
        return about.has("import") ? "/datasets/import/" + about.path("import").asString() : "/usage";
    }

    private static String root(Shell shell) {
        return "/t/" + Objects.requireNonNull(shell.tenant()).slug();
    }
}
