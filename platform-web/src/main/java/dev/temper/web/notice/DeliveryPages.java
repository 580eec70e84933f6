package dev.temper.web.notice;

import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.notice.Deliveries;
import dev.temper.platform.notice.DeliveryView;
import dev.temper.platform.notice.NoticeType;
import dev.temper.platform.notice.WebhookView;
import dev.temper.platform.notice.Webhooks;
import dev.temper.web.shell.ApiCall;
import dev.temper.web.shell.Crumb;
import dev.temper.web.shell.Formats;
import dev.temper.web.shell.Pages;
import dev.temper.web.shell.Shell;
import dev.temper.web.shell.Told;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
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
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import tools.jackson.databind.json.JsonMapper;

/** A webhook with what was sent to it, and one such message. */
@Controller
@RequestMapping("/t/{tenant}/webhooks/{webhook}")
class DeliveryPages {
    private final Webhooks webhooks;
    private final Deliveries deliveries;
    private final Clock clock;
    private final MessageSource words;

    DeliveryPages(Webhooks webhooks, Deliveries deliveries, Clock clock, MessageSource words) {
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.clock = clock;
        this.words = words;
    }

    /** @param lookIn after how many seconds to look again for those that are on their way; null where none is */
    record DeliveryList(
            List<DeliveryRow> items, Pages pages, @Nullable Long lookIn) {
        static DeliveryList of(List<DeliveryRow> items, Pages pages) {
            return new DeliveryList(
                    items,
                    pages,
                    items.stream()
                            .map(DeliveryRow::lookIn)
                            .filter(Objects::nonNull)
                            .min(Comparator.naturalOrder())
                            .orElse(null));
        }
    }

    @ModelAttribute("area")
    String area() {
        return "webhooks";
    }

    @ModelAttribute("types")
    List<String> types() {
        return NoticeType.CODES;
    }

    @GetMapping
    String list(
            @PathVariable UUID webhook,
            PageQuery page,
            HttpServletRequest request,
            Model model,
            Locale locale,
            @ModelAttribute("shell") Shell shell,
            @ModelAttribute("fmt") Formats formats) {
        model.addAttribute("webhook", webhooks.get(webhook));
        Page<DeliveryView> found = deliveries.list(webhook, page);
        List<DeliveryRow> rows = found.items().stream()
                .map(delivery -> DeliveryRow.of(delivery, formats, clock.instant()))
                .toList();
        model.addAttribute("deliveries", DeliveryList.of(rows, Pages.of(request, found.next())));
        model.addAttribute("apiCall", ApiCall.get(request, "/api/v1/webhooks/" + webhook + "/deliveries"));
        model.addAttribute("crumbs", WebhookPages.crumbs(words, locale, shell));
        return "notice/webhook";
    }

    @PostMapping("/test")
    String test(@PathVariable UUID webhook, @ModelAttribute("shell") Shell shell, RedirectAttributes redirect) {
        deliveries.test(webhook);
        Told.note("webhooks.tested").on(redirect);
        return "redirect:" + WebhookPages.root(shell) + "/" + webhook;
    }

    @GetMapping("/deliveries/{id}")
    String show(
            @PathVariable UUID webhook,
            @PathVariable UUID id,
            HttpServletRequest request,
            Model model,
            Locale locale,
            @ModelAttribute("shell") Shell shell,
            @ModelAttribute("fmt") Formats formats) {
        WebhookView to = webhooks.get(webhook);
        DeliveryView delivery = deliveries.get(id);
        model.addAttribute("webhook", to);
        model.addAttribute("delivery", DeliveryRow.of(delivery, formats, clock.instant()));
        model.addAttribute("body", readable(delivery.body()));
        model.addAttribute("apiCall", ApiCall.get(request, "/api/v1/webhook-deliveries/" + id));
        List<Crumb> crumbs = new ArrayList<>(WebhookPages.crumbs(words, locale, shell));
        crumbs.add(new Crumb(to.url(), WebhookPages.root(shell) + "/" + webhook));
        model.addAttribute("crumbs", crumbs);
        return "notice/delivery";
    }

    @PostMapping("/deliveries/{id}/redeliver")
    String again(
            @PathVariable UUID webhook,
            @PathVariable UUID id,
            @ModelAttribute("shell") Shell shell,
            RedirectAttributes redirect) {
        deliveries.again(id);
        Told.note("webhooks.redelivered").on(redirect);
        return "redirect:" + WebhookPages.root(shell) + "/" + webhook + "/deliveries/" + id;
    }

    /** Over several lines; what was signed is without. */
    private static String readable(String body) {
        JsonMapper json = JsonMapper.shared();
        return json.writerWithDefaultPrettyPrinter().writeValueAsString(json.readTree(body));
    }
}
