package dev.temper.platform.dataset;

import dev.temper.platform.dataset.VersionDiff.Change;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What became of one version's rows in another; a row is known by its content, and else by its place. */
final class Comparison {
    private final DuckDb duckDb;
    private final VersionFile before;
    private final VersionFile after;
    private final String pairs;

    Comparison(DuckDb duckDb, VersionFile before, VersionFile after) {
        this.duckDb = duckDb;
        this.before = before;
        this.after = after;
        // Rows that say the same cancel out, one against one.
        this.pairs = """
                with old as (select row_number, file, within, line, content_hash,
                                    row_number() over (partition by content_hash order by row_number) as copy from %1$s),
                     new as (select row_number, file, within, line, content_hash,
                                    row_number() over (partition by content_hash order by row_number) as copy from %2$s),
                     gone as (select *, row_number() over (partition by file, within, line order by row_number) as part
                              from old anti join new using (content_hash, copy)),
                     come as (select *, row_number() over (partition by file, within, line order by row_number) as part
                              from new anti join old using (content_hash, copy)),
                     pairs as (select gone.row_number as before, come.row_number as after
                               from gone full join come
                               on gone.file = come.file and gone.within is not distinct from come.within
                                  and gone.line = come.line and gone.part = come.part)
                """.formatted(before.source(), after.source());
    }

    /** Where two rows meet, by their numbers; 0 where there is none. */
    record Pair(long before, long after) {
        static final Pair NONE = new Pair(0, 0);

        /** Added rows stand where their numbers would have stood. */
        long order() {
            return before == 0 ? after : before;
        }
    }

    VersionDiff counts() {
        return duckDb.list(
                        pairs + """
                        select count(*) filter (before is null), count(*) filter (after is null),
                               count(*) filter (before is not null and after is not null) from pairs
                        """,
                        List.of(),
                        row -> new VersionDiff(row.getLong(1), row.getLong(2), row.getLong(3), List.of(), null))
                .getFirst();
    }

    List<Pair> pairs(VersionDiff.@Nullable Kind kind, Pair last, int limit) {
        String only = switch (kind) {
            case null -> "true";
            case ADDED -> "before is null";
            case REMOVED -> "after is null";
            case CHANGED -> "before is not null and after is not null";
        };
        return duckDb.list(
                pairs + """
                select coalesce(before, 0), coalesce(after, 0) from pairs
                where %s and (coalesce(before, after) > ? or coalesce(before, after) = ? and coalesce(after, 0) > ?)
                order by coalesce(before, after), coalesce(after, 0) limit %d
                """.formatted(only, limit),
                List.of(last.order(), last.order(), last.after()),
                row -> new Pair(row.getLong(1), row.getLong(2)));
    }

    List<Change> changes(List<Pair> shown) {
        Map<Long, NumberedRow> old =
                rows(before, shown.stream().map(Pair::before).toList());
        Map<Long, NumberedRow> now = rows(after, shown.stream().map(Pair::after).toList());
        List<Change> changes = new ArrayList<>();
        for (Pair pair : shown) {
            changes.add(new Change(old.get(pair.before()), now.get(pair.after())));
        }
        return changes;
    }

    private static Map<Long, NumberedRow> rows(VersionFile file, Collection<Long> numbers) {
        List<Long> wanted = numbers.stream().filter(number -> number > 0).toList();
        return file.rows(wanted).stream().collect(Collectors.toMap(NumberedRow::number, Function.identity()));
    }
}
