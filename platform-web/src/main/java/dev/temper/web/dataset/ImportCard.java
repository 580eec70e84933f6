package dev.temper.web.dataset;

import dev.temper.platform.common.CodedTexts;
import dev.temper.platform.dataset.ImportState;
import dev.temper.platform.dataset.ImportView;
import dev.temper.web.shell.Formats;
import dev.temper.web.shell.Moment;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An import as its page draws it.
 *
 * @param label the message for its state
 * @param tone how its state looks
 * @param place in the line; null where it does not wait
 * @param percent read so far
 * @param pace how fast it reads; null where that is not known
 * @param reasons rows left out, the most frequent reason first
 * @param failure why it failed
 */
record ImportCard(
        UUID id,
        String fileName,
        ImportState state,
        String label,
        String tone,
        String icon,
        @Nullable Integer place,
        int percent,
        @Nullable Pace pace,
        String in,
        String added,
        String kept,
        String leftOut,
        List<Reason> reasons,
        @Nullable Failure failure,
        @Nullable Moment created) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long MINUTE = 60;
    private static final long HOUR = 3600;

    record Reason(String code, String title, String rows) {}

    /**
     * How fast.
     *
     * @param unit the message for the time that is left
     */
    record Pace(String rows, String unit, String left) {}

    record Failure(String code, String message, String remedy) {}

    static ImportCard of(ImportView view, Formats formats, Locale locale) {
        return new ImportCard(
                view.id(),
                view.fileName(),
                view.state(),
                "imports.state." + view.state().name().toLowerCase(Locale.ROOT),
                tone(view.state()),
                icon(view.state()),
                view.place(),
                (int) Math.round(view.progress() * 100),
                pace(view.rowsPerSecond(), view.secondsLeft(), formats),
                formats.number(view.rowsIn()),
                formats.number(view.rowsAdded()),
                formats.number(view.rowsKept()),
                formats.number(view.rowsLeftOut()),
                view.reasons().entrySet().stream()
                        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                        .map(reason -> new Reason(
                                reason.getKey(),
                                CodedTexts.title(reason.getKey(), locale),
                                formats.number(reason.getValue())))
                        .toList(),
                failure(view.in(locale).failure()),
                formats.moment(view.createdAt()));
    }

    /** Whether the page should look again by itself. */
    public boolean moving() {
        return state == ImportState.QUEUED || state == ImportState.RUNNING;
    }

    public boolean waiting() {
        return state == ImportState.MAPPING_NEEDED;
    }

    public boolean succeeded() {
        return state == ImportState.SUCCEEDED;
    }

    public boolean over() {
        return state.over();
    }

    private static @Nullable Pace pace(@Nullable Double rows, @Nullable Long seconds, Formats formats) {
        if (rows == null || seconds == null) {
            return null;
        }
        String each = formats.number(Math.round(rows));
        if (seconds < MINUTE) {
            return new Pace(each, "time.seconds", formats.number(seconds));
        }
        return seconds < HOUR
                ? new Pace(each, "time.minutes", formats.number(Math.ceilDiv(seconds, MINUTE)))
                : new Pace(each, "time.hours", formats.number(Math.ceilDiv(seconds, HOUR)));
    }

    private static @Nullable Failure failure(@Nullable String json) {
        if (json == null) {
            return null;
        }
        JsonNode node = JSON.readTree(json);
        return new Failure(
                node.path("code").asString(""),
                node.path("message").asString(""),
                node.path("remedy").asString(""));
    }

    private static String tone(ImportState state) {
        return switch (state) {
            case QUEUED, RUNNING, CANCELLED -> "";
            case MAPPING_NEEDED -> "warn";
            case SUCCEEDED -> "ok";
            case FAILED -> "bad";
        };
    }

    private static String icon(ImportState state) {
        return switch (state) {
            case QUEUED, RUNNING -> "hourglass";
            case MAPPING_NEEDED, FAILED -> "alert-triangle";
            case SUCCEEDED -> "circle-check";
            case CANCELLED -> "ban";
        };
    }
}
