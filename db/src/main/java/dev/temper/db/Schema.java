package dev.temper.db;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Brings a database to this version's schema, and says no to one that it can't keep tenants apart on. */
public final class Schema {
    private Schema() {}

    /** How the migrations are run, whoever runs them. */
    public static void configure(FluentConfiguration flyway, DatabaseAccess access) {
        flyway.dataSource(access.url(), access.migrationUsername(), access.migrationPassword())
                .locations("classpath:db/migration")
                .placeholders(Map.of("app_role", '"' + access.username().replace("\"", "\"\"") + '"'))
                .validateMigrationNaming(true)
                .cleanDisabled(true);
    }

    /** Checks the application's login, refuses a newer schema, migrates an older one. */
    public static void migrate(DatabaseAccess access) {
        var configuration = Flyway.configure();
        configure(configuration, access);
        migrate(configuration.load(), access);
    }

    public static void migrate(Flyway flyway, DatabaseAccess access) {
        refuseRoleAboveTheRules(access);
        refuseNewerSchema(flyway);
        flyway.migrate();
    }

    private static void refuseNewerSchema(Flyway flyway) {
        for (MigrationInfo migration : flyway.info().all()) {
            if (migration.getState() == MigrationState.FUTURE_SUCCESS) {
                throw new DatabaseRefusal(
                        "database_schema_newer",
                        "The database has migration %s (%s), which this version of Temper does not know."
                                .formatted(migration.getVersion(), migration.getDescription()),
                        "Start the newer version of Temper, or restore a backup made with this one.");
            }
        }
    }

    /** Row-level security means nothing to a superuser or a role with BYPASSRLS. */
    private static void refuseRoleAboveTheRules(DatabaseAccess access) {
        try (Connection connection = connect(access);
                var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "select rolsuper, rolbypassrls from pg_roles where rolname = current_user")) {
            if (row.next() && (row.getBoolean(1) || row.getBoolean(2))) {
                throw new DatabaseRefusal(
                        "database_role_bypasses_isolation",
                        "The database role \"%s\" is %s, so row-level security would not keep tenants apart."
                                .formatted(access.username(), row.getBoolean(1) ? "a superuser" : "allowed BYPASSRLS"),
                        "Give temper.database.username a role made with: create role temper_app login nosuperuser"
                                + " nobypassrls password '…'");
            }
        } catch (SQLException e) {
            throw new DatabaseRefusal(
                            "database_unreachable",
                            "The database at %s can't be used as \"%s\": %s"
                                    .formatted(access.url(), access.username(), e.getMessage()),
                            "Check temper.database.url, temper.database.username and temper.database.password, and"
                                    + " that the server is running.")
                    .because(e);
        }
    }

    private static Connection connect(DatabaseAccess access) throws SQLException {
        return DriverManager.getConnection(access.url(), access.username(), access.password());
    }
}
