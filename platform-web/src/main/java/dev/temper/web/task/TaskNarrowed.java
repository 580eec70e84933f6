package dev.temper.web.task;

import dev.temper.platform.common.Caller;
import dev.temper.platform.job.JobState;
import dev.temper.platform.task.TaskFilter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * How the list of tasks is narrowed and ordered, in its address. What is not understood narrows nothing.
 *
 * @param state {@code open}, or one of the states of a job, or empty for all
 * @param owner {@code me} or empty for everybody's
 */
record TaskNarrowed(
        @Nullable String state,
        @Nullable String owner,
        @Nullable String method,
        @Nullable String model,
        @Nullable String q,
        @Nullable String sort) {
    private static final List<JobState> OPEN =
            Arrays.stream(JobState.values()).filter(state -> !state.ended()).toList();

    /** What a reader tells apart; both of a start are one. */
    private static final List<String> STATES =
            List.of("open", "queued", "running", "paused", "succeeded", "failed", "cancelled");

    TaskNarrowed {
        state = state != null && STATES.contains(state.toLowerCase(Locale.ROOT)) ? state.toLowerCase(Locale.ROOT) : "";
        owner = "me".equals(owner) ? "me" : "";
        method = method == null ? "" : method.strip();
        model = model == null ? "" : model.strip();
        q = q == null ? "" : q.strip();
        sort = TaskFilter.Order.of(sort == null ? "" : sort)
                .orElse(TaskFilter.Order.NEWEST)
                .id();
    }

    public List<String> offered() {
        return STATES;
    }

    public boolean any() {
        return !(text(state).isEmpty()
                && text(owner).isEmpty()
                && text(method).isEmpty()
                && text(model).isEmpty()
                && text(q).isEmpty());
    }

    TaskFilter filter() {
        UUID whose = text(owner).isEmpty() ? null : Caller.current().person().orElse(null);
        return new TaskFilter(states(), whose, text(method), text(model), text(q), order());
    }

    private List<JobState> states() {
        return switch (text(state)) {
            case "" -> List.of();
            case "open" -> OPEN;
            case "running" -> List.of(JobState.ASSIGNED, JobState.STARTING, JobState.RUNNING);
            case "paused" -> List.of(JobState.PAUSING, JobState.PAUSED);
            default -> List.of(JobState.valueOf(text(state).toUpperCase(Locale.ROOT)));
        };
    }

    private TaskFilter.Order order() {
        return TaskFilter.Order.of(text(sort)).orElse(TaskFilter.Order.NEWEST);
    }

    /** The order of a column's heading: the other way round where it is that column's already. */
    public String towards(String column) {
        return column.equals("created")
                ? (text(sort).equals("-created") ? "created" : "-created")
                : (text(sort).equals("name") ? "-name" : "name");
    }

    /** How the table says it to a screen reader; null for a column that orders nothing now. */
    public @Nullable String ariaSort(String column) {
        return text(sort).equals(column) ? "ascending" : text(sort).equals("-" + column) ? "descending" : null;
    }

    /** The same as a query. */
    public String query() {
        return query(order().id());
    }

    /** The same as a query, ordered otherwise. */
    public String query(String order) {
        Map<String, String> kept = new LinkedHashMap<>();
        kept.put("state", text(state));
        kept.put("owner", text(owner));
        kept.put("method", text(method));
        kept.put("model", text(model));
        kept.put("q", text(q));
        kept.put("sort", order.equals(TaskFilter.Order.NEWEST.id()) ? "" : order);
        kept.values().removeIf(String::isEmpty);
        UriComponentsBuilder query = UriComponentsBuilder.newInstance();
        kept.keySet().forEach(name -> query.queryParam(name, "{" + name + "}"));
        return query.encode().buildAndExpand(kept).toUriString();
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
