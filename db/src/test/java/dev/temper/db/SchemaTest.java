package dev.temper.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaTest {
    @Test
    void oneLoginMayBeOwnerAndApplication() throws SQLException {
        try (var database = TestDatabase.empty()) {
            var owner = new DatabaseAccess(
                    database.access().url(),
                    database.access().migrationUsername(),
                    database.access().migrationPassword());

            Schema.migrate(owner);

            try (Connection connection = database.asOwner()) {
                assertThat(column(connection, "select slug from tenants")).isEmpty();
            }
        }
    }

    @Test
    void aSuperuserIsRefusedAsTheApplication() throws SQLException {
        try (var database = TestDatabase.empty();
                Connection superuser = database.asSuperuser()) {
            run(superuser, "drop role if exists temper_above");
            run(superuser, "create role temper_above login superuser password 'x'");

            assertThatThrownBy(() ->
                            Schema.migrate(new DatabaseAccess(database.access().url(), "temper_above", "x")))
                    .isInstanceOfSatisfying(
                            DatabaseRefusal.class,
                            e -> assertThat(e.code()).isEqualTo("database_role_bypasses_isolation"));

            assertThat(column(superuser, "select tablename from pg_tables where schemaname = 'public'"))
                    .isEmpty();
            run(superuser, "drop role temper_above");
        }
    }

    @Test
    void aSchemaOfANewerVersionIsRefused() throws SQLException {
        try (var database = TestDatabase.migrated();
                Connection superuser = database.asSuperuser()) {
            run(superuser, """
                    insert into flyway_schema_history
                        (installed_rank, version, description, type, script, installed_by, execution_time, success)
                    values (10000, '9000', 'from the future', 'SQL', 'V9000__from_the_future.sql', 'x', 1, true)""");

            assertThatThrownBy(() -> Schema.migrate(database.access()))
                    .isInstanceOfSatisfying(
                            DatabaseRefusal.class, e -> assertThat(e.code()).isEqualTo("database_schema_newer"))
                    .hasMessageContaining("9000");
        }
    }

    @Test
    void aServerThatDoesNotAnswerIsNamed() {
        var nobody = new DatabaseAccess("jdbc:postgresql://localhost:1/temper", "temper_app", "x");

        assertThatThrownBy(() -> Schema.migrate(nobody))
                .isInstanceOfSatisfying(
                        DatabaseRefusal.class, e -> assertThat(e.code()).isEqualTo("database_unreachable"))
                .hasMessageContaining("localhost:1");
    }

    @Test
    void theApplicationChangesNoSchema() throws SQLException {
        try (var database = TestDatabase.migrated();
                Connection application = database.asApplication()) {
            for (var ddl : List.of(
                    "create table mine (id int)",
                    "drop table memberships",
                    "alter table memberships disable row level security",
                    "drop policy tenant on memberships",
                    "truncate memberships")) {
                assertThatThrownBy(() -> run(application, ddl))
                        .as(ddl)
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getSQLState()).isEqualTo("42501"));
            }
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> column(Connection connection, String sql) throws SQLException {
        var values = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
