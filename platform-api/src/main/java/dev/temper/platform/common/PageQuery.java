package dev.temper.platform.common;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is asked for. A controller takes it as a parameter ({@code limit} and {@code cursor} of the
 * query); other code gets one from {@link Cursors}. The reader fetches {@link #fetch()} rows after {@link #after()} and
 * lets {@link #slice} make the page:
 *
 * <pre>{@code
 * List<Member> rows = query.after()
 *         .map(last -> repository.after(last.uuid(0), query.fetch()))
 *         .orElseGet(() -> repository.first(query.fetch()));
 * return query.slice(rows, member -> Keyset.of(member.id()));
 * }</pre>
 */
public final class PageQuery {
    public static final int DEFAULT_LIMIT = 50;
    public static final int MAX_LIMIT = 200;

    private final int limit;
    private final @Nullable Keyset after;
    private final Function<Keyset, String> seal;

    PageQuery(int limit, @Nullable Keyset after, Function<Keyset, String> seal) {
        this.limit = limit;
        this.after = after;
        this.seal = seal;
    }

    /** The number of rows to show. */
    public int limit() {
        return limit;
    }

    /** The number of rows to read: one more, which tells whether there is a next page. */
    public int fetch() {
        return limit + 1;
    }

    /** The key of the row before this page; empty for the first page. */
    public Optional<Keyset> after() {
        return Optional.ofNullable(after);
    }

    /** The page made of up to {@link #fetch()} rows in order, with the cursor that follows it. */
    public <T> Page<T> slice(List<T> fetched, Function<? super T, Keyset> key) {
        if (fetched.size() <= limit) {
            return new Page<>(fetched, null);
        }
        List<T> shown = fetched.subList(0, limit);
        return new Page<>(shown, seal.apply(key.apply(shown.getLast())));
    }
}
