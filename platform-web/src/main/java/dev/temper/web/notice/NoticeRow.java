package dev.temper.web.notice;

import dev.temper.platform.notice.NoticeView;
import dev.temper.web.shell.Formats;
import dev.temper.web.shell.Moment;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A notice as the list draws it. */
record NoticeRow(
        UUID id,
        String text,
        String label,
        String tone,
        String icon,
        boolean unread,
        @Nullable Moment at) {
    static NoticeRow of(NoticeView notice, Formats formats) {
        String type = notice.type();
        String tone = type.endsWith(".succeeded") ? "ok" : type.endsWith(".failed") ? "bad" : "";
        boolean asks = type.equals("import.mapping_needed") || type.equals("budget.reached");
        return new NoticeRow(
                notice.id(),
                notice.text(),
                "notices.type." + type,
                asks ? "warn" : tone,
                switch (tone) {
                    case "ok" -> "circle-check";
                    case "bad" -> "circle-x";
                    default -> asks ? "alert-triangle" : "ban";
                },
                notice.readAt() == null,
                formats.moment(notice.at()));
    }
}
