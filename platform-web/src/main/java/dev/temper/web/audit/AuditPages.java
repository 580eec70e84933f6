package dev.temper.web.audit;

import dev.temper.platform.audit.AuditEvents;
import dev.temper.platform.common.PageQuery;
import dev.temper.web.shell.ApiCall;
import dev.temper.web.shell.Formats;
import dev.temper.web.shell.Shell;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The audit log of a tenant and, at {@code /admin/audit}, of the platform. */
@Controller
class AuditPages {
    private final AuditReader page;
    private final AuditEvents events;

    AuditPages(AuditReader page, AuditEvents events) {
        this.page = page;
        this.events = events;
    }

    @ModelAttribute("area")
    String area() {
        return "audit";
    }

    @GetMapping({"/t/{tenant}/audit", "/admin/audit"})
    String log(
            AuditForm form,
            PageQuery query,
            @RequestParam @Nullable String check,
            HttpServletRequest request,
            Model model,
            Locale locale,
            @ModelAttribute("shell") Shell shell,
            @ModelAttribute("fmt") Formats formats) {
        model.addAttribute(
                "log", page.log(request.getRequestURI(), form, query, check != null, request, locale, formats));
        model.addAttribute("filter", form);
        model.addAttribute("actions", page.actions(locale));
        if (shell.tenant() != null) {
            model.addAttribute("apiCall", ApiCall.get(request, "/api/v1/audit-events"));
        }
        return "audit/audit";
    }

    @GetMapping({"/t/{tenant}/audit/export.{format}", "/admin/audit/export.{format}"})
    void export(
            @PathVariable String format,
            AuditForm form,
            @ModelAttribute("fmt") Formats formats,
            HttpServletResponse response)
            throws IOException {
        Export.of(format).write(events, form.filter(formats.zone()), response);
    }
}
