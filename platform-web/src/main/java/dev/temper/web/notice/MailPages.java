package dev.temper.web.notice;

import dev.temper.platform.common.Problem;
import dev.temper.platform.notice.Letters;
import dev.temper.platform.notice.NoticeChoices;
import dev.temper.platform.notice.NoticeType;
import dev.temper.web.shell.Refused;
import dev.temper.web.shell.Told;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Which notices one wants by mail. */
@Controller
@RequestMapping("/me/notices")
class MailPages {
    private final NoticeChoices choices;
    private final Letters letters;

    MailPages(NoticeChoices choices, Letters letters) {
        this.choices = choices;
        this.letters = letters;
    }

    @ModelAttribute("area")
    String area() {
        return "mail";
    }

    @GetMapping
    String show(Model model) {
        model.addAttribute("choice", choices.mine());
        model.addAttribute("types", NoticeType.CODES);
        return "notice/mail";
    }

    @PostMapping
    String choose(@RequestParam(defaultValue = "") List<String> mail, RedirectAttributes redirect) {
        choices.choose(mail);
        Told.done("account.saved").on(redirect);
        return "redirect:/me/notices";
    }

    @PostMapping("/test")
    String test(Model model, Locale locale, HttpServletResponse response, RedirectAttributes redirect) {
        try {
            Told.done("notices.mail.tested", letters.test()).on(redirect);
            return "redirect:/me/notices";
        } catch (Problem problem) {
            Refused.show(problem, model, response, locale);
            return show(model);
        }
    }
}
