package dev.temper.platform.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.temper.db.TestDatabase;
import dev.temper.platform.audit.ChainVerdict.Broken;
import dev.temper.platform.audit.ChainVerdict.Damage;
import dev.temper.platform.audit.ChainVerdict.Intact;
import dev.temper.platform.common.Actor;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ScopedTransactions;
import dev.temper.platform.common.TenantScope;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The log on a real database: what it refuses, what it keeps, and how tampering behind its back is found. */
class AuditDatabaseTest {
    private static final UUID ACME = new UUID(0xacee, 1);
    private static final UUID OTHER = new UUID(0x07e6, 2);
    private static final int ROWS = 5;

    private final TestDatabase database = TestDatabase.migrated();
    private final DataSource source = database.dataSource();
    private final ScopedTransactions transactions = new ScopedTransactions(source);
    private final TransactionTemplate transaction = new TransactionTemplate(transactions);
    private final JdbcClient jdbc = JdbcClient.create(source);
    private final AuditRows rows = new AuditRows(jdbc);
    private final Audit audit = new Audit(jdbc, transactions, Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000)));
    private final AuditVerification verification = new AuditVerification(rows, transactions);

    @BeforeEach
    void writeTwoChainsAndThePlatforms() {
        TenantScope.run(ACME, () -> write(ROWS));
        TenantScope.run(OTHER, () -> write(2));
        write(1);
    }

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void theDatabaseHashesAsWeDo() {
        TenantScope.run(ACME, () -> {
            audit.recordAs(
                    new Actor(Actor.Kind.API_KEY, UUID.randomUUID(), "key; 3:a;-;", "2001:db8::1", "req-1"),
                    AuditAction.TENANT_CHANGED,
                    new AuditTarget("tenant", "1", "名称 \"引号\" 𝄞 \n ;"),
                    Map.of("b", 1, "a", List.of("é", "\u0000")),
                    Map.of());
            List<AuditEvent> chain = chain(ACME);
            assertThat(chain)
                    .hasSize(ROWS + 1)
                    .allSatisfy(row -> assertThat(ChainHash.of(row)).isEqualTo(row.hash()));
            assertThat(chain.getLast().before()).isEqualTo("{\"a\":[\"é\",\"\\u0000\"],\"b\":1}");
        });
        assertThat(verdicts()).allMatch(Intact.class::isInstance).hasSize(3);
    }

    @Test
    void aTransactionThatFailsLeavesNoTrace() {
        TenantScope.run(ACME, () -> {
            assertThatThrownBy(() -> transaction.executeWithoutResult(_ -> {
                        write(2);
                        throw new IllegalStateException("the change failed");
                    }))
                    .hasMessage("the change failed");
            assertThat(chain(ACME)).hasSize(ROWS);
        });
        assertThat(verdictOf(ACME)).isInstanceOf(Intact.class);
    }

    @Test
    void aTransactionSeesItsRowsOnlyOnceItCommitsAndInOrder() {
        TenantScope.run(ACME, () -> {
            transaction.executeWithoutResult(_ -> {
                record("first");
                record("second");
                assertThat(rows.end(ACME).length()).isEqualTo(ROWS);
            });
            assertThat(chain(ACME)).extracting(AuditEvent::targetName).endsWith("first", "second");
        });
    }

    @Test
    void writersOfOneTenantTakeTurns() throws Exception {
        int writers = 8;
        int each = 25;
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Void>> work = new ArrayList<>();
            for (int w = 0; w < writers; w++) {
                UUID tenant = w % 2 == 0 ? ACME : OTHER;
                int writer = w;
                work.add(() -> {
                    TenantScope.run(tenant, () -> {
                        for (int i = 0; i < each; i++) {
                            boolean fails = (i + writer) % 5 == 0;
                            transaction.executeWithoutResult(status -> {
                                record("load");
                                if (fails) {
                                    status.setRollbackOnly();
                                }
                            });
                        }
                    });
                    return null;
                });
            }
            for (Future<Void> done : pool.invokeAll(work)) {
                done.get();
            }
        }
        assertThat(verdictOf(ACME))
                .isInstanceOfSatisfying(
                        Intact.class, intact -> assertThat(intact.length()).isEqualTo(ROWS + 4 * 20));
        assertThat(verdictOf(OTHER)).isInstanceOf(Intact.class);
    }

    @Test
    void aTenantSeesOnlyItsOwnRows() {
        TenantScope.run(OTHER, () -> assertThat(chain(ACME)).isEmpty());
        assertThat(chain(ACME)).as("outside of a tenant").isEmpty();
        assertThat(chain(null)).hasSize(1);
        TenantScope.run(
                ACME,
                () -> assertThatThrownBy(() -> transaction.executeWithoutResult(
                                _ -> jdbc.sql("""
                        insert into audit_events (id, tenant_id, at, actor_kind, actor_name, action, target_type, target_id, target_name)
                        values (gen_random_uuid(), :other, now(), 'USER', 'x', 'x', 'x', 'x', 'x')
                        """).param("other", OTHER).update()))
                        .hasStackTraceContaining("row-level security"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit_events set action = 'x'",
                "delete from audit_events",
                "truncate audit_events",
                "delete from audit_chains",
                "truncate audit_chains",
                "update audit_chains set last_hash = '\\x00'",
                "update audit_chains set length = length + 2"
            })
    void neitherTheApplicationNorTheOwnerCanTakeBack(String statement) throws SQLException {
        try (var application = database.asApplication()) {
            assertThatThrownBy(() -> execute(application, statement)).hasMessageContaining("permission denied");
        }
        try (var owner = database.asOwner()) {
            assertThatThrownBy(() -> execute(owner, statement)).message().containsAnyOf("append-only", "forward");
        }
        assertThat(verdicts()).allMatch(Intact.class::isInstance);
    }

    @Test
    void theApplicationCannotChooseAPlaceOrAHash() {
        TenantScope.run(
                ACME,
                () -> transaction.executeWithoutResult(
                        _ -> jdbc.sql("""
                insert into audit_events (id, tenant_id, seq, previous_hash, hash, at, actor_kind, actor_name, action, target_type, target_id, target_name)
                values (gen_random_uuid(), :tenant, 1, '\\x01', '\\x02', now(), 'USER', 'x', 'x', 'x', 'x', 'x')
                """).param("tenant", ACME).update()));
        assertThat(verdictOf(ACME))
                .isInstanceOfSatisfying(
                        Intact.class, intact -> assertThat(intact.length()).isEqualTo(ROWS + 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id = gen_random_uuid()",
                "at = at + interval '1 microsecond'",
                "actor_kind = 'SYSTEM'",
                "actor_id = null",
                "actor_name = 'somebody else'",
                "action = 'signed_out'",
                "target_type = 'user'",
                "target_id = target_id || ' '",
                "target_name = upper(target_name)",
                "request_id = 'other'",
                "address = null",
                "before = '{}'",
                "after = '{ \"note\":\"row\"}'",
                "previous_hash = '\\x00'",
                "hash = '\\x00'"
            })
    void aSuperusersChangeOfOneColumnIsNamed(String change) throws SQLException {
        tamper("update audit_events set %s where tenant_id = '%s' and seq = 3".formatted(change, ACME));
        assertThat(verdicts())
                .filteredOn(Broken.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(Broken.class, broken -> {
                    assertThat(broken.tenantId()).isEqualTo(ACME);
                    assertThat(broken.damage()).isEqualTo(Damage.CHANGED);
                    assertThat(broken.seq()).isEqualTo(3);
                    assertThat(broken.sentence()).startsWith("Row 3 of 5 was changed");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit_events set tenant_id = null, seq = 99 where tenant_id = '%1$s' and seq = 3",
                "update audit_events set seq = 99 where tenant_id = '%1$s' and seq = 3",
                "delete from audit_events where tenant_id = '%1$s' and seq = 3"
            })
    void aSuperusersRemovalIsNamed(String sql) throws SQLException {
        tamper(sql.formatted(ACME));
        assertThat(verdictOf(ACME)).isEqualTo(new Broken(ACME, Damage.REMOVED, 3, null, ROWS));
    }

    @Test
    void twoRowsThatASuperuserSwapsAreNamed() throws SQLException {
        UUID fourth = TenantScope.call(ACME, () -> chain(ACME).get(3).id());
        tamper("""
                update audit_events set seq = -seq where tenant_id = '%1$s' and seq in (2, 4);
                update audit_events set seq = 6 + seq where tenant_id = '%1$s' and seq < 0""".formatted(ACME));
        assertThat(verdictOf(ACME)).isEqualTo(new Broken(ACME, Damage.REORDERED, 2, fourth, ROWS));
    }

    @Test
    void aCutTailAndALostEndAreNamed() throws SQLException {
        tamper("delete from audit_events where tenant_id = '%s' and seq >= 4".formatted(ACME));
        assertThat(verdictOf(ACME)).isEqualTo(new Broken(ACME, Damage.TRUNCATED, 4, null, ROWS));
        tamper("delete from audit_chains where chain = '%s'".formatted(OTHER));
        UUID first = TenantScope.call(OTHER, () -> chain(OTHER).getFirst().id());
        assertThat(verdictOf(OTHER)).isEqualTo(new Broken(OTHER, Damage.END_LOST, 1, first, 0));
    }

    @Test
    void aRowThatASuperuserSlipsInIsNamed() throws SQLException {
        tamper("""
                update audit_events set seq = -seq where tenant_id = '%1$s' and seq >= 3;
                update audit_events set seq = 1 - seq where tenant_id = '%1$s' and seq < 0;
                insert into audit_events
                select gen_random_uuid(), tenant_id, 3, at, actor_kind, actor_id, actor_name, action, target_type, target_id,
                       target_name, request_id, address, before, after, hash, hash
                from audit_events where tenant_id = '%1$s' and seq = 2""".formatted(ACME));
        assertThat(verdictOf(ACME)).isInstanceOfSatisfying(Broken.class, broken -> {
            assertThat(broken.damage()).isEqualTo(Damage.INSERTED);
            assertThat(broken.seq()).isEqualTo(3);
        });
    }

    private void write(int count) {
        for (int i = 0; i < count; i++) {
            record("row");
        }
    }

    private void record(String name) {
        Actor actor = Actor.user(new UUID(1, 1), "lin@example.org", "192.0.2.7", "req-7");
        new Caller(actor, actor.id(), Set.of())
                .run(() -> audit.record(
                        AuditAction.API_KEY_CREATED,
                        AuditTarget.of("api_key", new UUID(3, 3), name),
                        null,
                        Map.of("note", name)));
    }

    private List<AuditEvent> chain(@Nullable UUID tenant) {
        return Objects.requireNonNull(transaction.execute(_ -> {
            try (var chain = rows.chain(tenant)) {
                return chain.toList();
            }
        }));
    }

    private List<ChainVerdict> verdicts() {
        return verification.verifyAll(_ -> {});
    }

    private ChainVerdict verdictOf(UUID tenant) {
        return TenantScope.call(tenant, verification::verifyCurrent);
    }

    /** Past every trigger, as somebody with the database's files in hand could. */
    private void tamper(String sql) throws SQLException {
        try (var superuser = database.asSuperuser()) {
            execute(superuser, "set session_replication_role = replica; " + sql);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
