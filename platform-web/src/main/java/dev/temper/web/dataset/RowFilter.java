package dev.temper.web.dataset;

import dev.temper.data.row.RowKind;
import dev.temper.platform.dataset.RowOrder;
import dev.temper.platform.dataset.RowQuery;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the query string of a rows page asks for, as it was typed; what makes no sense asks for nothing. */
record RowFilter(
        @Nullable String q,
        @Nullable String kind,
        @Nullable String file,
        @Nullable String language,
        @Nullable String split,
        @Nullable String problem,
        @Nullable String least,
        @Nullable String most,
        @Nullable String from,
        @Nullable String order) {
    RowQuery query() {
        Long first = number(from);
        return new RowQuery(
                text(q),
                Arrays.stream(RowKind.values())
                        .filter(one -> one.id().equals(kind))
                        .findFirst()
                        .orElse(null),
                text(file),
                number(least),
                number(most),
                text(language),
                text(split),
                text(problem),
                first == null ? 1 : Math.max(1, first),
                chosenOrder());
    }

    RowOrder chosenOrder() {
        return Arrays.stream(RowOrder.values())
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(order))
                .findFirst()
                .orElse(RowOrder.NUMBER);
    }

    /** Whether anything is asked that other rows would not answer. */
    boolean narrows() {
        return Stream.of(q, kind, file, language, split, problem, least, most).anyMatch(RowFilter::said);
    }

    private static boolean said(@Nullable String typed) {
        return typed != null && !typed.isBlank();
    }

    private static @Nullable String text(@Nullable String typed) {
        return typed == null || typed.isBlank() ? null : typed.strip();
    }

    private static @Nullable Long number(@Nullable String typed) {
        String text = text(typed);
        return text != null && text.matches("\\d{1,18}") ? Long.valueOf(text) : null;
    }
}
