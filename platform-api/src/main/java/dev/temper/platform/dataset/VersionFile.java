package dev.temper.platform.dataset;

import dev.temper.data.row.Row;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rows of one version, asked by SQL. */
final class VersionFile {
    private static final long ADDRESSES_AT_ONCE = 200_000;

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
        RowCondition condition = RowCondition.of(query, source);
        List<Object> parameters = new ArrayList<>(condition.parameters());
        StringBuilder where = new StringBuilder(condition.sql());
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

    /** How many rows there are of a query. */
    long count(RowQuery query) {
        RowCondition condition = RowCondition.of(query, source);
        return duckDb.list(
                        "select count(*) from %s where %s".formatted(source, condition.sql()),
                        condition.parameters(),
                        row -> row.getLong(1))
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

    /** The SHA-256 of the rows' addresses in their order. */
    byte[] address() {
        MessageDigest digest = RowColumns.sha256();
        long rows = count(RowQuery.ALL);
        for (long from = 1; from <= rows; from += ADDRESSES_AT_ONCE) {
            duckDb.each(
                    "select content_hash, file, within, line from %s where row_number between ? and ? order by row_number"
                            .formatted(source),
                    List.of(from, from + ADDRESSES_AT_ONCE - 1),
                    row -> {
                        byte[] address = RowColumns.address(
                                row.getString(1), row.getString(2), row.getString(3), row.getLong(4));
                        digest.update(address);
                        return true;
                    });
        }
        return digest.digest();
    }

    /** To name in a statement. */
    String source() {
        return source;
    }

    VersionStatistics statistics() {
        Lengths lengths = Lengths.of(duckDb.list(
                "select characters, count(*) from %s group by characters order by characters".formatted(source),
                List.of(),
                row -> new Lengths.Count(row.getLong(1), row.getLong(2))));
        long[] counts = duckDb.list("""
                        select coalesce(sum(turns), 0), count(*) - count(distinct content_hash),
                               count(*) filter (regexp_matches(%s, '\\p{Han}')), count(distinct file)
                        from %s
                        """.formatted(RowColumns.WORDS, source), List.of(), row ->
                        new long[] {row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)})
                .getFirst();
        return new VersionStatistics(
                lengths.rows(),
                counts[0],
                lengths.characters(),
                lengths.percentile(50),
                lengths.percentile(95),
                lengths.most(),
                counts[1],
                counts[2],
                by("kind", source),
                lengths.buckets(),
                lengths.percentiles(),
                by("coalesce(language, '" + RowQuery.NONE + "')", source),
                by("split", source + " where split is not null"),
                by("problem", "(select unnest(problems) as problem from " + source + ")"),
                by("file", source),
                counts[3]);
    }

    /** Rows by a value, the most frequent first. */
    private Map<String, Long> by(String value, String rows) {
        Map<String, Long> counts = new LinkedHashMap<>();
        duckDb.list(
                "select %s as value, count(*) as rows from %s group by value order by rows desc, value limit %d"
                        .formatted(value, rows, VersionStatistics.FILES_SHOWN),
                List.of(),
                row -> counts.put(row.getString(1), row.getLong(2)));
        return counts;
    }

    /** Rows by their numbers. */
    List<NumberedRow> rows(List<Long> numbers) {
        if (numbers.isEmpty()) {
            return List.of();
        }
        long least = Collections.min(numbers);
        long most = Collections.max(numbers);
        String wanted = numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
        return duckDb.list(
                "select row_number, characters, %s from %s where row_number between ? and ? and row_number in (%s) order by 1"
                        .formatted(RowColumns.STORED, source, wanted),
                List.of(least, most),
                row -> new NumberedRow(row.getLong(1), row.getLong(2), RowColumns.row(row.getString(3))));
    }
}
