package dev.temper.web.dataset;

import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.dataset.Datasets;
import dev.temper.platform.dataset.NumberedRow;
import dev.temper.platform.dataset.RowOrder;
import dev.temper.platform.dataset.RowQuery;
import dev.temper.platform.dataset.VersionStatistics;
import dev.temper.platform.dataset.VersionView;
import dev.temper.web.shell.Formats;
import dev.temper.web.shell.Pages;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The rows of a version that a filter finds.
 *
 * @param found how many there are
 * @param narrowed whether others are hidden
 */
record RowsTab(
        List<RowCard> items,
        Pages pages,
        String found,
        boolean narrowed,
        List<Choice> kinds,
        List<Choice> files,
        List<Choice> languages,
        List<Choice> splits,
        List<Choice> problems,
        List<Choice> orders) {
    /**
     * What a filter can be set to.
     *
     * @param label a message, or the words themselves
     * @param rows how many rows there are of it; empty where that is not counted
     */
    record Choice(String value, String label, boolean message, String rows, boolean chosen) {}

    /** Reads it. */
    @Component
    static class Reader {
        private final Datasets datasets;

        Reader(Datasets datasets) {
            this.datasets = datasets;
        }

        RowsTab read(
                VersionView version,
                String here,
                RowFilter filter,
                PageQuery page,
                HttpServletRequest request,
                Formats formats) {
            RowQuery query = filter.query();
            Page<NumberedRow> rows = datasets.rows(version.id(), query, page);
            long found = filter.narrows() ? datasets.count(version.id(), all(query)) : version.rows();
            VersionStatistics statistics = version.statistics();
            return new RowsTab(
                    rows.items().stream().map(row -> RowCard.of(row, here)).toList(),
                    Pages.of(request, rows.next()),
                    formats.number(found),
                    filter.narrows(),
                    choices(statistics.kinds(), "dataset.kind.", filter.kind(), formats),
                    choices(statistics.files(), null, filter.file(), formats),
                    choices(statistics.languages(), "language.", filter.language(), formats),
                    choices(statistics.splits(), "dataset.split.", filter.split(), formats),
                    problems(statistics, filter.problem(), formats),
                    Arrays.stream(RowOrder.values())
                            .map(order -> order.name().toLowerCase(Locale.ROOT))
                            .map(order -> new Choice(
                                    order,
                                    "dataset.order." + order,
                                    true,
                                    "",
                                    order.equals(filter.chosenOrder().name().toLowerCase(Locale.ROOT))))
                            .toList());
        }

        /** Going to a row number is no filter. */
        private static RowQuery all(RowQuery query) {
            return new RowQuery(
                    query.text(),
                    query.kind(),
                    query.file(),
                    query.least(),
                    query.most(),
                    query.language(),
                    query.split(),
                    query.problem(),
                    1,
                    query.order());
        }

        private static List<Choice> problems(VersionStatistics statistics, @Nullable String chosen, Formats formats) {
            Stream<Choice> any =
                    Stream.of(new Choice(RowQuery.ANY, "dataset.problem.any", true, "", RowQuery.ANY.equals(chosen)));
            Stream<Choice> repeated = Stream.of(new Choice(
                    RowQuery.REPEATED, "dataset.problem.repeated", true, "", RowQuery.REPEATED.equals(chosen)));
            return Stream.of(
                            any,
                            statistics.repeated() == 0 ? Stream.<Choice>empty() : repeated,
                            choices(statistics.problems(), "dataset.problem.", chosen, formats).stream())
                    .flatMap(choices -> choices)
                    .toList();
        }

        private static List<Choice> choices(
                Map<String, Long> counts, @Nullable String messages, @Nullable String chosen, Formats formats) {
            return counts.entrySet().stream()
                    .map(count -> new Choice(
                            count.getKey(),
                            messages == null ? count.getKey() : messages + count.getKey(),
                            messages != null,
                            formats.number(count.getValue()),
                            count.getKey().equals(chosen)))
                    .toList();
        }
    }
}
