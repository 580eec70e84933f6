package dev.temper.platform.openai;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** A page of the dialect: the next one begins {@code after} the last id of this. */
@JsonNaming(SnakeCaseStrategy.class)
public record ListObject<T>(
        List<T> data, @Nullable String firstId, @Nullable String lastId, boolean hasMore) {
    /**
     * The page made of up to {@code limit + 1} rows.
     *
     * @param id of a row
     */
    public static <T> ListObject<T> of(List<T> fetched, int limit, Function<T, String> id) {
        boolean more = fetched.size() > limit;
        List<T> shown = more ? List.copyOf(fetched.subList(0, limit)) : List.copyOf(fetched);
        return new ListObject<>(
                shown,
                shown.isEmpty() ? null : id.apply(shown.getFirst()),
                shown.isEmpty() ? null : id.apply(shown.getLast()),
                more);
    }

    @JsonProperty
    String object() {
        return "list";
    }
}
