package dev.temper.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Walks every table there is, also those that later migrations add: whatever belongs to a tenant is out of reach for
 * every other tenant and for a transaction that names none. The rows are made up from the columns' types, with checks,
 * foreign keys and triggers out of the way, so that no table needs to be known here.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TenantIsolationTest {
    /** Tables without a tenant, each for a reason. A table that is new here needs one too, or a tenant_id. */
    private static final Set<String> PLATFORM_TABLES = new TreeSet<>(Set.of(
            "tenants", // the tenants themselves
            "users", // people may belong to several tenants
            "recovery_codes", // of people
            "identities", // of people
            "notice_choices", // of people
            "spring_session", // of people
            "spring_session_attributes", // of people
            "login_failures", // before it is known who it is
            "blob_home", // where content lies; holds none
            "audit_chains", // how long each chain is; holds no content
            "shared_blobs", // models that all tenants share
            "scheduled_tasks", // what to do next; names things by their ids only
            "pools", // kinds of machines, which all tenants share
            "nodes", // machines, which all tenants share
            "devices", // of machines
            "enrolment_tokens", // of machines to come
            "worker_credentials", // of machines
            "flyway_schema_history"));

    /** What a transaction of the fleet reaches, of every tenant. A table that is new here needs a reason in its migration. */
    private static final Set<String> COMPUTE_TABLES = new TreeSet<>(Set.of(
            "quotas",
            "quota_shares",
            "reservations",
            "device_leases",
            "ledger_entries",
            "ledger_days",
            "jobs",
            "job_attempts",
            "job_checkpoints",
            "job_curve_spans",
            "job_events",
            "job_files",
            "job_transitions",
            "job_waits",
            "notices", // the fleet brings tasks to their ends; mail goes out for all tenants
            "webhooks", // which of them are told of that
            "webhook_deliveries", // sent for all tenants
            "live_facts", // told to the browsers of all tenants by one reader, each fact to its own tenant's
            "tenant_usage"));

    private static final UUID OURS = new UUID(1, 1);
    private static final UUID OTHERS = new UUID(2, 2);

    private final TestDatabase database = TestDatabase.migrated();
    private final List<String> tenantTables = new ArrayList<>();

    @BeforeAll
    void giveOursOneRowInEachTable() throws SQLException {
        try (Connection superuser = database.asSuperuser()) {
            tenantTables.addAll(column(superuser, """
                    select c.table_name from information_schema.columns c
                    join information_schema.tables t using (table_schema, table_name)
                    where c.table_schema = 'public' and c.column_name = 'tenant_id' and t.table_type = 'BASE TABLE'
                    order by 1"""));
            for (String drop : column(superuser, """
                    select format('alter table %s drop constraint %I', conrelid::regclass, conname)
                    from pg_constraint where contype = 'c' and connamespace = 'public'::regnamespace""")) {
                run(superuser, drop);
            }
            run(superuser, "set session_replication_role = replica");
            for (String table : tenantTables) {
                run(superuser, insert(superuser, table, OURS));
            }
        }
    }

    @AfterAll
    void drop() {
        database.close();
    }

    @Test
    void everyTableHasATenantOrAReason() throws SQLException {
        try (Connection superuser = database.asSuperuser()) {
            var without =
                    new TreeSet<>(column(superuser, "select tablename from pg_tables where schemaname = 'public'"));
            without.removeAll(tenantTables);

            assertThat(without).isEqualTo(PLATFORM_TABLES);
        }
    }

    @TestFactory
    Stream<DynamicTest> everyTenantTable() {
        return tenantTables.stream()
                .map(table -> dynamicTest(table, () -> {
                    try (Connection application = database.asApplication()) {
                        assertThat(count(application, table, OURS))
                                .as("seen by its own tenant")
                                .isEqualTo(1);
                        for (UUID stranger : new UUID[] {OTHERS, null}) {
                            String who = stranger == null ? "no tenant" : "another tenant";
                            assertThat(count(application, table, stranger))
                                    .as("seen by " + who)
                                    .isZero();
                            assertThat(changed(
                                            application,
                                            "update %s set tenant_id = tenant_id".formatted(table),
                                            stranger))
                                    .as("updated by " + who)
                                    .isZero();
                            assertThat(changed(application, "delete from " + table, stranger))
                                    .as("deleted by " + who)
                                    .isZero();
                            assertThat(changed(application, insertAs(table), stranger))
                                    .as("inserted for us by " + who)
                                    .isZero();
                        }
                        assertThat(changed(
                                        application, "update %s set tenant_id = '%s'".formatted(table, OTHERS), OURS))
                                .as("given away")
                                .isZero();
                        assertThat(count(application, table, OURS))
                                .as("still there")
                                .isEqualTo(1);
                    }
                }));
    }

    /** A setting that is left over from the transaction before is nobody's. */
    @Test
    void nothingIsSeenAfterTheTransactionThatNamedATenant() throws SQLException {
        try (Connection application = database.asApplication()) {
            count(application, "memberships", OURS);

            assertThat(column(application, "select id from memberships")).isEmpty();
        }
    }

    @Test
    void aPersonOrASecretShowsOnlyItsOwnRows() throws SQLException {
        try (Connection application = database.asApplication()) {
            for (String setting : List.of("temper.person", "temper.presented")) {
                application.setAutoCommit(false);
                run(application, "select set_config('%s', '%s', true)".formatted(setting, OTHERS));
                for (String table : tenantTables) {
                    assertThat(column(
                                    application,
                                    "select 1 from " + table
                                            + (table.equals("audit_events") ? " where tenant_id is not null" : "")))
                            .as(setting + " on " + table)
                            .isEmpty();
                }
                application.rollback();
            }
        }
    }

    @Test
    void theFleetsWorkReachesTheTablesOfComputeAndNoOther() throws SQLException {
        try (Connection application = database.asApplication()) {
            application.setAutoCommit(false);
            run(application, "select set_config('temper.fleet', 'on', true)");
            var reached = new TreeSet<String>();
            for (String table : tenantTables) {
                if (!column(application, "select 1 from %s where tenant_id is not null".formatted(table))
                        .isEmpty()) {
                    reached.add(table);
                }
            }
            application.rollback();

            assertThat(reached).isEqualTo(COMPUTE_TABLES);
        }
    }

    private String insertAs(String table) throws SQLException {
        try (Connection superuser = database.asSuperuser()) {
            return insert(superuser, table, OURS);
        }
    }

    /** A row of whatever the columns need. */
    private static String insert(Connection superuser, String table, UUID tenant) throws SQLException {
        var names = new ArrayList<String>();
        var values = new ArrayList<String>();
        try (var statement = superuser.prepareStatement("""
                select column_name, udt_name from information_schema.columns
                where table_schema = 'public' and table_name = ? and is_nullable = 'NO' and column_default is null
                  and is_identity = 'NO' and is_generated = 'NEVER' and column_name <> 'tenant_id'""")) {
            statement.setString(1, table);
            try (var columns = statement.executeQuery()) {
                while (columns.next()) {
                    names.add('"' + columns.getString(1) + '"');
                    values.add(madeUp(columns.getString(2)));
                }
            }
        }
        names.add("tenant_id");
        values.add("'" + tenant + "'");
        return "insert into %s (%s) values (%s)".formatted(table, String.join(", ", names), String.join(", ", values));
    }

    private static String madeUp(String type) {
        return switch (type) {
            case "uuid" -> "'" + UUID.randomUUID() + "'";
            case "text", "varchar", "bpchar", "citext" ->
                "'" + UUID.randomUUID().toString().substring(0, 8) + "'";
            case "int2", "int4", "int8", "numeric", "float4", "float8" -> "1";
            case "bool" -> "false";
            case "timestamptz", "timestamp", "date" -> "now()";
            case "interval" -> "'1 s'";
            case "bytea" -> "'\\x00'";
            case "json", "jsonb" -> "'{}'";
            case "inet" -> "'192.0.2.1'";
            default -> type.startsWith("_") ? "'{}'" : "null::" + type;
        };
    }

    private static long count(Connection application, String table, UUID tenant) throws SQLException {
        application.setAutoCommit(false);
        try {
            name(application, tenant);
            // The platform's own entries in the audit log have no tenant and are nobody's secret here.
            return Long.parseLong(
                    column(application, "select count(*) from %s where tenant_id is not null".formatted(table))
                            .getFirst());
        } finally {
            application.rollback();
            application.setAutoCommit(true);
        }
    }

    /** How many rows it changed; none where it is refused. */
    private static int changed(Connection application, String sql, UUID tenant) throws SQLException {
        application.setAutoCommit(false);
        try {
            name(application, tenant);
            try (var statement = application.createStatement()) {
                return statement.executeUpdate(sql);
            }
        } catch (SQLException refused) {
            assertThat(refused.getSQLState()).as(refused.getMessage()).isIn("42501", "P0001");
            return 0;
        } finally {
            application.rollback();
            application.setAutoCommit(true);
        }
    }

    private static void name(Connection application, UUID tenant) throws SQLException {
        if (tenant != null) {
            run(application, "select set_config('temper.tenant', '%s', true)".formatted(tenant));
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
