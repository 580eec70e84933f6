package dev.temper.platform.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A query for rows as a condition in SQL; what somebody typed is a parameter and never part of it. */
record RowCondition(String sql, List<Object> parameters) {
    static RowCondition of(RowQuery query, String source) {
        List<Object> parameters = new ArrayList<>();
        // Row groups know their least and greatest number, so that only those from there on are read.
        StringBuilder sql = new StringBuilder("row_number >= ?");
        parameters.add(query.from());
        if (query.text() != null && !query.text().isBlank()) {
            sql.append(" and contains(lower(").append(RowColumns.WORDS).append("), ?)");
            parameters.add(query.text().strip().toLowerCase(Locale.ROOT));
        }
        if (query.kind() != null) {
            equal(sql, parameters, "kind", query.kind().id());
        }
        equal(sql, parameters, "file", query.file());
        if (query.least() != null) {
            sql.append(" and characters >= ?");
            parameters.add(query.least());
        }
        if (query.most() != null) {
            sql.append(" and characters <= ?");
            parameters.add(query.most());
        }
        equalOrNone(sql, parameters, "language", query.language());
        equalOrNone(sql, parameters, "split", query.split());
        if (query.problem() != null) {
            problem(sql, parameters, query.problem(), source);
        }
        return new RowCondition(sql.toString(), parameters);
    }

    private static void problem(StringBuilder sql, List<Object> parameters, String problem, String source) {
        String repeated =
                "content_hash in (select content_hash from " + source + " group by content_hash having count(*) > 1)";
        switch (problem) {
            case RowQuery.ANY ->
                sql.append(" and (len(problems) > 0 or ").append(repeated).append(")");
            case RowQuery.REPEATED -> sql.append(" and ").append(repeated);
            default -> {
                sql.append(" and list_contains(problems, ?)");
                parameters.add(problem);
            }
        }
    }

    private static void equalOrNone(StringBuilder sql, List<Object> parameters, String column, @Nullable String value) {
        if (RowQuery.NONE.equals(value)) {
            sql.append(" and ").append(column).append(" is null");
        } else {
            equal(sql, parameters, column, value);
        }
    }

    private static void equal(StringBuilder sql, List<Object> parameters, String column, @Nullable String value) {
        if (value != null) {
            sql.append(" and ").append(column).append(" = ?");
            parameters.add(value);
        }
    }
}
