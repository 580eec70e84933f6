package dev.temper.platform.dataset;

import dev.temper.data.row.Row;
import dev.temper.platform.dataset.VersionDiff.Change;
import dev.temper.platform.dataset.VersionStatistics.Bucket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rows of one version, asked by SQL. */
final class VersionFile {
    private final DuckDb duckDb;
    private final String source;

    VersionFile(DuckDb duckDb, Path parquet) {
        this.duckDb = duckDb;
        this.source = "read_parquet(" + duckDb.literal(parquet) + ")";
    }

    /**
     * A page.
     *
     * @param after the last row of the page before; null for the first
     */
    List<NumberedRow> page(RowQuery query, @Nullable NumberedRow after, int limit) {
        List<Object> parameters = new ArrayList<>();
        StringBuilder where = new StringBuilder(where(query, parameters));
        if (after != null) {
            where.append(
                    switch (query.order()) {
                        case NUMBER -> " and row_number > ?";
                        case LONGEST -> " and (characters < ? or characters = ? and row_number > ?)";
                        case SHORTEST -> " and (characters > ? or characters = ? and row_number > ?)";
                    });
            if (query.order() != RowOrder.NUMBER) {
                parameters.add(after.characters());
                parameters.add(after.characters());
            }
            parameters.add(after.number());
        }
        String order = switch (query.order()) {
            case NUMBER -> "row_number";
            case LONGEST -> "characters desc, row_number";
            case SHORTEST -> "characters, row_number";
        };
        return duckDb.list(
                "select row_number, characters, %s from %s where %s order by %s limit %d"
                        .formatted(RowColumns.STORED, source, where, order, limit),
                parameters,
                row -> new NumberedRow(row.getLong(1), row.getLong(2), RowColumns.row(row.getString(3))));
    }

    Optional<NumberedRow> row(long number) {
        return page(new RowQuery(null, null, number, RowOrder.NUMBER), null, 1).stream()
                .filter(row -> row.number() == number)
                .findFirst();
    }

    /** Rows by their numbers, in order. */
    List<NumberedRow> rows(List<Long> numbers) {
        if (numbers.isEmpty()) {
            return List.of();
        }
        // The range lets row groups outside of it alone.
        return duckDb.list(
                "select row_number, characters, %s from %s where row_number between ? and ? and row_number in (%s) order by 1"
                        .formatted(
                                RowColumns.STORED,
                                source,
                                numbers.stream().map(String::valueOf).collect(Collectors.joining(", "))),
                List.of(numbers.getFirst(), numbers.getLast()),
                row -> new NumberedRow(row.getLong(1), row.getLong(2), RowColumns.row(row.getString(3))));
    }

    /** Which rows a query finds; what it compares with goes into the parameters. */
    private static String where(RowQuery query, List<Object> parameters) {
        // Row groups know their least and greatest number, so that only those from there on are read.
        StringBuilder where = new StringBuilder("row_number >= ?");
        parameters.add(query.from());
        if (query.text() != null && !query.text().isBlank()) {
            where.append(" and contains(lower(").append(RowColumns.WORDS).append("), ?)");
            parameters.add(query.text().strip().toLowerCase(Locale.ROOT));
        }
        if (query.kind() != null) {
            where.append(" and kind = ?");
            parameters.add(query.kind().id());
        }
        return where.toString();
    }

    /** How many rows there are of a query. */
    long count(RowQuery query) {
        List<Object> parameters = new ArrayList<>();
        String where = where(query, parameters);
        return duckDb.list(
                        "select count(*) from %s where %s".formatted(source, where), parameters, row -> row.getLong(1))
                .getFirst();
    }

    /** Some rows in order, from one on. */
    List<Row> rows(long from, int count) {
        return duckDb.list(
                "select %s from %s where row_number between ? and ? order by row_number"
                        .formatted(RowColumns.STORED, source),
                List.of(from, from + count - 1),
                row -> RowColumns.row(row.getString(1)));
    }

    /** All rows in order, one at a time; a row group is in memory. */
    void each(Consumer<Row> reader) {
        long rows = count(RowQuery.ALL);
        for (long from = 1; from <= rows; from += VersionWriter.ROWS_A_GROUP) {
            duckDb.each(
                    "select %s from %s where row_number between ? and ? order by row_number"
                            .formatted(RowColumns.STORED, source),
                    List.of(from, from + VersionWriter.ROWS_A_GROUP - 1),
                    row -> {
                        reader.accept(RowColumns.row(row.getString(1)));
                        return true;
                    });
        }
    }

    VersionStatistics statistics() {
        Map<String, Long> kinds = new LinkedHashMap<>();
        duckDb.list(
                "select kind, count(*) from %s group by kind order by kind".formatted(source),
                List.of(),
                row -> kinds.put(row.getString(1), row.getLong(2)));
        List<Bucket> lengths =
                duckDb.list("""
                select case when characters = 0 then 0 else floor(log2(characters)) + 1 end as bucket, count(*)
                from %s group by bucket order by bucket
                """.formatted(source), List.of(), row -> Bucket.ofPower(row.getInt(1), row.getLong(2)));
        return duckDb.list(
                        """
                        select count(*), coalesce(sum(turns), 0), coalesce(sum(characters), 0),
                               coalesce(quantile_disc(characters, 0.5), 0),
                               coalesce(quantile_disc(characters, 0.95), 0), coalesce(max(characters), 0),
                               count(*) - count(distinct content_hash),
                               count(*) filter (regexp_matches(%s, '\\p{Han}'))
                        from %s
                        """.formatted(RowColumns.WORDS, source),
                        List.of(),
                        row -> new VersionStatistics(
                                row.getLong(1),
                                row.getLong(2),
                                row.getLong(3),
                                row.getLong(4),
                                row.getLong(5),
                                row.getLong(6),
                                row.getLong(7),
                                row.getLong(8),
                                kinds,
                                lengths))
                .getFirst();
    }

    /** What became of another version's rows in this one; a row is known by its content, and else by its place. */
    VersionDiff since(VersionFile other, int examples) {
        // Rows that say the same cancel out, one against one.
        String sides = """
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
                """.formatted(other.source, source);
        VersionDiff counts = duckDb.list(
                        sides + """
                        select count(*) filter (before is null), count(*) filter (after is null),
                               count(*) filter (before is not null and after is not null) from pairs
                        """,
                        List.of(),
                        row -> new VersionDiff(row.getLong(1), row.getLong(2), row.getLong(3), List.of()))
                .getFirst();
        List<Change> shown = duckDb.list(sides + """
                select before, after from pairs
                order by coalesce(before, after), after limit %d
                """.formatted(examples), List.of(), row -> {
            long before = row.getLong(1);
            long after = row.getLong(2);
            return new Change(
                    before == 0 ? null : other.row(before).orElseThrow(),
                    after == 0 ? null : row(after).orElseThrow());
        });
        return counts.showing(shown);
    }
}
