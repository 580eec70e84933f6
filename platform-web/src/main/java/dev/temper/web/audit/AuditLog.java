package dev.temper.web.audit;

import dev.temper.web.shell.Pages;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of the log with everything drawn around it. */
record AuditLog(
        String path,
        List<AuditRow> items,
        List<Chip> chips,
        Pages pages,
        String csvHref,
        String jsonlHref,
        String checkHref,
        @Nullable Chain chain) {
    /** A filter in force and the address without it. */
    record Chip(String label, String href) {}
}
