package dev.temper.web.dataset;

import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.dataset.ImportView;
import dev.temper.platform.dataset.Imports;
import dev.temper.platform.dataset.LeftOutRow;
import dev.temper.platform.dataset.Repairs;
import dev.temper.web.shell.Formats;
import dev.temper.web.shell.Pages;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What an import made of its rows: sums that add up, and each row that it left out. */
record ReportView(
        UUID id,
        String fileName,
        String in,
        String added,
        String kept,
        String leftOut,
        long repairedRows,
        String repaired,
        String open,
        boolean anyOpen,
        List<ImportCard.Reason> reasons,
        String code,
        LeftOutCard.Some left) {
    /** Reads it. */
    @Component
    static class Reader {
        private final Imports imports;
        private final Repairs repairs;

        Reader(Imports imports, Repairs repairs) {
            this.imports = imports;
            this.repairs = repairs;
        }

        ReportView read(
                ImportView view,
                @Nullable String code,
                PageQuery page,
                HttpServletRequest request,
                Formats formats,
                Locale locale) {
            String wanted = code == null || code.isBlank() ? null : code;
            Page<LeftOutRow> left = imports.leftOut(view.id(), wanted, page);
            long repaired = view.rowsLeftOut() == 0 ? 0 : repairs.count(view.id());
            ImportCard card = ImportCard.of(view, formats, locale);
            return new ReportView(
                    view.id(),
                    view.fileName(),
                    card.in(),
                    card.added(),
                    card.kept(),
                    card.leftOut(),
                    repaired,
                    formats.number(repaired),
                    formats.number(view.rowsLeftOut() - repaired),
                    view.rowsLeftOut() > repaired,
                    card.reasons(),
                    wanted == null ? "" : wanted,
                    new LeftOutCard.Some(
                            left.items().stream()
                                    .map(row -> LeftOutCard.of(row.in(locale)))
                                    .toList(),
                            Pages.of(request, left.next())));
        }
    }

    /** Whether anything was left out at all. */
    public boolean any() {
        return !reasons.isEmpty();
    }
}
