package dev.temper.web.dataset;

import dev.temper.data.learn.RenderedRow;
import dev.temper.data.learn.TokenStatistics;
import dev.temper.data.learn.TokenStatistics.Bucket;
import dev.temper.platform.dataset.PreviewRow;
import dev.temper.platform.dataset.TokenCountState;
import dev.temper.platform.dataset.TokenCountView;
import dev.temper.platform.dataset.Why;
import dev.temper.web.shell.Formats;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a training would make of a version, as its page draws it.
 *
 * @param percent counted so far
 * @param share how much the cutoff takes, as in 3.1
 * @param left rows that teach nothing, the most frequent reason first
 * @param fits the cutoff under which nothing is lost
 */
record PreviewCard(
        boolean counting,
        int percent,
        @Nullable String failure,
        String read,
        String whole,
        String cut,
        String leftOut,
        String cutoff,
        String share,
        boolean loses,
        List<Count> counts,
        List<Reason> left,
        List<Figure> figures,
        List<Bar> bars,
        int fits) {
    /** A link to the rows that a cutoff does something to. */
    record Count(String why, String label, String rows, boolean any) {}

    record Reason(String id, String rows) {}

    record Figure(String label, String value) {}

    /**
     * A bar of the histogram.
     *
     * @param x from the left, in units of a bar
     * @param height from 0 to 100
     * @param beyond whether its rows do not fit
     */
    record Bar(int x, double y, double height, boolean beyond, String from, String rows) {}

    /** A row, its line ends to be seen. */
    record Shown(
            long number,
            String kept,
            String tokens,
            String learned,
            String hidden,
            @Nullable String loss,
            List<Stretch> segments,
            List<Stretch> rejected) {
        static Shown of(PreviewRow row, Formats formats) {
            RenderedRow rendered = row.row();
            return new Shown(
                    row.number(),
                    formats.number(rendered.kept()),
                    formats.number(rendered.tokens()),
                    formats.number(rendered.learned()),
                    rendered.hidden() == 0 ? "" : formats.number(rendered.hidden()),
                    rendered.loss() == null ? null : rendered.loss().id(),
                    rendered.segments().stream().map(Stretch::of).toList(),
                    rendered.rejected().stream().map(Stretch::of).toList());
        }
    }

    /** @param tone as the style sheet names it */
    record Stretch(String text, String tone) {
        static Stretch of(RenderedRow.Segment segment) {
            String kind = "token-" + segment.kind().name().toLowerCase(Locale.ROOT);
            return new Stretch(segment.text().replace("\n", "⏎\n"), segment.special() ? kind + " token-special" : kind);
        }
    }

    static PreviewCard of(TokenCountView view, Formats formats) {
        boolean counting = view.state() == TokenCountState.COUNTING;
        int percent = view.rows() == 0 ? 0 : (int) (100 * view.rowsDone() / view.rows());
        TokenStatistics all = view.statistics();
        if (all == null) {
            return new PreviewCard(
                    counting,
                    percent,
                    view.failure(),
                    "",
                    "",
                    "",
                    "",
                    formats.number(view.cutoff()),
                    "",
                    false,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    0);
        }
        return new PreviewCard(
                false,
                100,
                null,
                formats.number(all.rows()),
                formats.number(all.whole()),
                formats.number(all.cut()),
                formats.number(all.leftOutRows()),
                formats.number(view.cutoff()),
                "%.1f".formatted(100 * all.lostShare()),
                all.affected() > 0,
                List.of(
                        count(Why.ALL, all.rows(), formats),
                        count(Why.TRUNCATED, all.affected(), formats),
                        count(Why.ANSWER_CUT, all.answersCut(), formats),
                        count(Why.ANSWER_LOST, all.answersLost(), formats),
                        count(Why.ENDLESS, all.endless(), formats),
                        count(Why.LEFT_OUT, all.leftOutRows(), formats)),
                all.leftOut().entrySet().stream()
                        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                        .map(reason -> new Reason(reason.getKey(), formats.number(reason.getValue())))
                        .toList(),
                figures(all, formats),
                bars(all, formats),
                all.longest());
    }

    private static Count count(Why why, long rows, Formats formats) {
        return new Count(why.id(), "preview.why." + why.id(), formats.number(rows), rows > 0);
    }

    private static List<Figure> figures(TokenStatistics all, Formats formats) {
        return List.of(
                new Figure("preview.tokens", formats.number(all.tokens())),
                new Figure("preview.used", formats.number(all.usedTokens())),
                new Figure("preview.learned", formats.number(all.learnedTokens())),
                new Figure("preview.lost", formats.number(all.lostTokens())),
                new Figure("preview.median", formats.number(all.median())),
                new Figure("preview.p95", formats.number(all.p95())),
                new Figure("preview.p99", formats.number(all.p99())),
                new Figure("preview.longest", formats.number(all.longest())));
    }

    private static List<Bar> bars(TokenStatistics all, Formats formats) {
        long most = all.histogram().stream().mapToLong(Bucket::rows).max().orElse(0);
        List<Bar> bars = new ArrayList<>();
        for (Bucket bucket : all.histogram()) {
            // Even one row among millions is to be seen.
            double height = bucket.rows() == 0 ? 0 : Math.max(1, 100.0 * bucket.rows() / most);
            bars.add(new Bar(
                    bars.size(),
                    100 - height,
                    height,
                    bucket.from() >= all.cutoff(),
                    formats.number(bucket.from()),
                    formats.number(bucket.rows())));
        }
        return bars;
    }
}
