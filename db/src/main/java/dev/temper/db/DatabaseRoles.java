package dev.temper.db;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * The two roles Temper uses a database under: an owner, who migrates, and the application, who reads and writes rows
 * but changes no schema and is bound by row-level security. Making them takes a superuser; it is done before the first
 * migration and is safe to do again (passwords are set to what is given).
 */
public final class DatabaseRoles {
    private DatabaseRoles() {}

    /**
     * Makes both roles with their passwords, and the database, owned by the owner, unless they are there.
     *
     * @param superuser a connection with superuser rights to another database of the same server, in auto-commit mode
     */
    public static void prepare(Connection superuser, String database, DatabaseAccess access) throws SQLException {
        role(superuser, access.migrationUsername(), access.migrationPassword());
        role(superuser, access.username(), access.password());
        if (!exists(superuser, "select 1 from pg_database where datname = ?", database)) {
            run(superuser, "create database %I owner %I", database, access.migrationUsername());
        }
        run(superuser, "revoke all on database %I from public", database);
        run(superuser, "grant connect on database %I to %I", database, access.username());
    }

    private static void role(Connection superuser, String name, String password) throws SQLException {
        if (!exists(superuser, "select 1 from pg_roles where rolname = ?", name)) {
            run(superuser, "create role %I", name);
        }
        run(
                superuser,
                "alter role %I login nosuperuser nobypassrls nocreatedb nocreaterole password %L",
                name,
                password);
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (var statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    /** Runs a statement that takes no parameters of its own, its names and literals quoted by the server. */
    private static void run(Connection connection, String template, String... values) throws SQLException {
        var sql = template;
        var marks = ", ?".repeat(values.length);
        try (var quote = connection.prepareStatement("select format(?" + marks + ")")) {
            quote.setString(1, template);
            for (int i = 0; i < values.length; i++) {
                quote.setString(i + 2, values[i]);
            }
            try (var rows = quote.executeQuery()) {
                rows.next();
                sql = rows.getString(1);
            }
        }
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
