package dev.temper.platform.dataset.web;

import dev.temper.data.learn.RenderedRow;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.dataset.Measure;
import dev.temper.platform.dataset.PreviewRow;
import dev.temper.platform.dataset.TokenCountView;
import dev.temper.platform.dataset.TokenCounts;
import dev.temper.platform.dataset.Why;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/dataset-versions/{id}")
@Tag(name = "dataset-previews", description = "Versions as a model sees them: tokens counted, cut and shown.")
class PreviewController {
    private static final String CUTOFF = "" + Measure.DEFAULT_CUTOFF;

    private final TokenCounts counts;

    PreviewController(TokenCounts counts) {
        this.counts = counts;
    }

    /**
     * A row as the model reads it.
     *
     * @param loss why it teaches nothing; null where it does
     * @param hidden tokens at the end that are not shown, because there are very many
     */
    record Rendered(
            long number,
            int tokens,
            int kept,
            int learned,
            int hidden,
            @Nullable String loss,
            List<Segment> segments,
            List<Segment> rejected) {
        static Rendered of(PreviewRow shown) {
            RenderedRow row = shown.row();
            return new Rendered(
                    shown.number(),
                    row.tokens(),
                    row.kept(),
                    row.learned(),
                    row.hidden(),
                    row.loss() == null ? null : row.loss().id(),
                    row.segments().stream().map(Segment::of).toList(),
                    row.rejected().stream().map(Segment::of).toList());
        }
    }

    /** A stretch of text: {@code prompt}, {@code learned} or {@code cut}. */
    record Segment(String text, String kind, boolean special, int tokens) {
        static Segment of(RenderedRow.Segment segment) {
            return new Segment(
                    segment.text(),
                    segment.kind().name().toLowerCase(Locale.ROOT),
                    segment.special(),
                    segment.tokens());
        }
    }

    @Operation(
            summary =
                    "Count the tokens of a version for a model and a template and say what a cutoff takes away; a large"
                            + " version is counted in the background, so ask again until the state is DONE")
    @GetMapping("/token-counts")
    TokenCountView count(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String model,
            @RequestParam(required = false) @Nullable String template,
            @RequestParam(defaultValue = CUTOFF) int cutoff) {
        return counts.of(id, new Measure(model, template, cutoff));
    }

    @Operation(
            summary =
                    "List rows as the model reads them, with what is learned and what is cut; why=truncated lists those"
                            + " alone that lose something")
    @GetMapping("/preview")
    Page<Rendered> preview(
            @PathVariable UUID id,
            PageQuery page,
            @RequestParam(required = false) @Nullable String model,
            @RequestParam(required = false) @Nullable String template,
            @RequestParam(defaultValue = CUTOFF) int cutoff,
            @RequestParam(defaultValue = "all") String why) {
        Why wanted = Why.of(why)
                .orElseThrow(() -> ErrorCode.PARAMETER_WRONG
                        .at("why")
                        .with("parameter", "why")
                        .with(
                                "expected",
                                Arrays.stream(Why.values()).map(Why::id).toList()));
        return counts.preview(id, new Measure(model, template, cutoff), wanted, page)
                .map(Rendered::of);
    }
}
