package dev.temper.platform.notice.web;

import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.notice.NoticeView;
import dev.temper.platform.notice.Notices;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.NotNull;
import java.util.Locale;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/notices")
@Tag(name = "notices", description = "What one is told: how one’s tasks and imports ended, and of budgets.")
class NoticeController {
    private final Notices notices;

    NoticeController(Notices notices) {
        this.notices = notices;
    }

    /** How many one has not read. */
    record Unread(long unread) {}

    /** The newest one that has been seen. */
    record Read(@NotNull UUID upTo) {}

    @Operation(summary = "List one’s notices, newest first")
    @GetMapping
    Page<NoticeView> list(PageQuery page, Locale locale) {
        return notices.list(page, locale);
    }

    @Operation(summary = "Count those one has not read")
    @GetMapping("/unread")
    Unread unread() {
        return new Unread(notices.unread());
    }

    @Operation(summary = "Mark all as read, up to the newest that was seen")
    @PostMapping("/read")
    Unread read(@RequestBody Read body) {
        return new Unread(notices.readUpTo(body.upTo()));
    }

    @Operation(summary = "Mark one as read")
    @PostMapping("/{id}/read")
    NoticeView read(@PathVariable UUID id, Locale locale) {
        return notices.read(id, locale);
    }
}
