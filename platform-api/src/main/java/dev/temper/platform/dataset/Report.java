package dev.temper.platform.dataset;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rows that one import left out, asked by SQL. */
final class Report {
    private static final int MOST_COLUMNS = 200;
    private static final String COLUMNS = "number, file, within, line, \"column\", code, facts, message, content";

    private final DuckDb duckDb;
    private final String source;

    Report(DuckDb duckDb, Path parquet) {
        this.duckDb = duckDb;
        this.source = "read_parquet(" + duckDb.literal(parquet) + ")";
    }

    /** @param code only those with this reason; null for all */
    List<LeftOutRow> after(long number, @Nullable String code, int limit) {
        List<Object> parameters = new ArrayList<>(List.of(number));
        if (code != null) {
            parameters.add(code);
        }
        return duckDb.list(
                "select %s from %s where number > ? %s order by number limit %d"
                        .formatted(COLUMNS, source, code == null ? "" : "and code = ?", limit),
                parameters,
                Report::row);
    }

    List<LeftOutRow> rows(Collection<Long> numbers) {
        return duckDb.list(
                "select %s from %s where list_contains(%s, number) order by number"
                        .formatted(
                                COLUMNS,
                                source,
                                numbers.stream()
                                        .map(String::valueOf)
                                        .collect(Collectors.joining(", ", "[", "]::bigint[]"))),
                List.of(),
                Report::row);
    }

    /** All of them in order, one at a time. */
    void each(Consumer<LeftOutRow> reader) {
        duckDb.each("select %s from %s order by number".formatted(COLUMNS, source), List.of(), row -> {
            reader.accept(row(row));
            return true;
        });
    }

    /** The columns that the rows had, as far as they had any. */
    List<String> columns() {
        return duckDb.list("""
                select name from (
                    select unnest(names) as name, unnest(range(len(names))) as place, number
                    from (select json_keys(content) as names, number from %s where json_type(content) = 'OBJECT'))
                group by name order by min(number), min(place), name limit %d
                """.formatted(source, MOST_COLUMNS), List.of(), row -> row.getString(1));
    }

    private static LeftOutRow row(ResultSet row) throws SQLException {
        return new LeftOutRow(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getLong(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                null);
    }
}
