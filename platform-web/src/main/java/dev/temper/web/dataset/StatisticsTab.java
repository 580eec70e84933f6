package dev.temper.web.dataset;

import dev.temper.platform.dataset.RowQuery;
import dev.temper.platform.dataset.VersionStatistics;
import dev.temper.platform.dataset.VersionView;
import dev.temper.web.shell.Formats;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a version holds, in figures; each leads to the rows that it counts. */
record StatisticsTab(List<Figure> figures, List<Figure> percentiles, List<Bar> lengths, List<Share> shares) {
    /** One number. */
    record Figure(String label, String value, @Nullable String href) {}

    /** A column of the histogram, in the units of its drawing. */
    record Bar(String label, String rows, String href, int x, int y, int height) {}

    /** Rows by a value. */
    record Share(String heading, List<Part> parts) {}

    /**
     * Rows of one value.
     *
     * @param label a message, or the words themselves
     */
    record Part(String label, boolean message, String rows, long count, long all, String href) {}

    /** The histogram's height and a column's width. */
    static final int HEIGHT = 120;

    static final int STEP = 36;

    static StatisticsTab of(VersionView version, String here, Formats formats) {
        VersionStatistics statistics = version.statistics();
        String rows = here + "?tab=rows";
        List<Share> shares = new ArrayList<>();
        shares.add(share("dataset.filter.kind", statistics.kinds(), "dataset.kind.", "kind", rows, version, formats));
        shares.add(share(
                "dataset.filter.language", statistics.languages(), "language.", "language", rows, version, formats));
        shares.add(
                share("dataset.filter.split", statistics.splits(), "dataset.split.", "split", rows, version, formats));
        shares.add(share(
                "dataset.filter.problem",
                statistics.problems(),
                "dataset.problem.",
                "problem",
                rows,
                version,
                formats));
        shares.add(share("dataset.filter.file", statistics.files(), null, "file", rows, version, formats));
        return new StatisticsTab(
                List.of(
                        new Figure("datasets.rows", formats.number(statistics.rows()), rows),
                        new Figure("datasets.turns", formats.number(statistics.turns()), null),
                        new Figure("datasets.characters", formats.number(statistics.characters()), null),
                        new Figure(
                                "datasets.repeated",
                                formats.number(statistics.repeated()),
                                rows + "&problem=" + RowQuery.REPEATED),
                        new Figure("dataset.files", formats.number(statistics.fileCount()), null)),
                percentiles(statistics, formats),
                bars(statistics, rows, formats),
                shares.stream().filter(share -> !share.parts().isEmpty()).toList());
    }

    private static List<Figure> percentiles(VersionStatistics statistics, Formats formats) {
        List<Figure> percentiles = new ArrayList<>();
        statistics
                .percentiles()
                .forEach((percent, characters) ->
                        percentiles.add(new Figure(percent + " %", formats.number(characters), null)));
        percentiles.add(new Figure("100 %", formats.number(statistics.maxCharacters()), null));
        return percentiles;
    }

    private static List<Bar> bars(VersionStatistics statistics, String rows, Formats formats) {
        long most = statistics.lengths().stream()
                .mapToLong(VersionStatistics.Bucket::rows)
                .max()
                .orElse(1);
        List<Bar> bars = new ArrayList<>();
        for (VersionStatistics.Bucket bucket : statistics.lengths()) {
            int height = (int) Math.max(1, bucket.rows() * HEIGHT / most);
            long last = Math.max(bucket.from(), bucket.below() - 1);
            bars.add(new Bar(
                    bucket.from() == last
                            ? formats.number(last)
                            : formats.number(bucket.from()) + "–" + formats.number(last),
                    formats.number(bucket.rows()),
                    rows + "&least=" + bucket.from() + "&most=" + last,
                    bars.size() * STEP,
                    HEIGHT - height,
                    height));
        }
        return bars;
    }

    private static Share share(
            String heading,
            Map<String, Long> counts,
            @Nullable String messages,
            String filter,
            String rows,
            VersionView version,
            Formats formats) {
        return new Share(
                heading,
                counts.entrySet().stream()
                        .map(count -> new Part(
                                messages == null ? count.getKey() : messages + count.getKey(),
                                messages != null,
                                formats.number(count.getValue()),
                                count.getValue(),
                                Math.max(1, version.rows()),
                                rows + "&" + filter + "=" + URLEncoder.encode(count.getKey(), StandardCharsets.UTF_8)))
                        .toList());
    }

    /** How wide the histogram is. */
    public int width() {
        return Math.max(1, lengths.size()) * STEP;
    }
}
