package dev.temper.platform.notice.web;

import dev.temper.platform.notice.NoticeChoices;
import dev.temper.platform.notice.NoticeChoices.Choice;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/users/me/notice-choices")
@Tag(name = "notices")
class NoticeChoiceController {
    private final NoticeChoices choices;

    NoticeChoiceController(NoticeChoices choices) {
        this.choices = choices;
    }

    /**
     * What to choose.
     *
     * @param mail the types of notices that are also to come by mail
     */
    record Wanted(@NotNull List<String> mail) {}

    @Operation(summary = "Show which notices also come to me by mail")
    @GetMapping
    Choice get() {
        return choices.mine();
    }

    @Operation(summary = "Choose which notices also come to me by mail")
    @PutMapping
    Choice choose(@RequestBody Wanted body) {
        return choices.choose(body.mail());
    }
}
