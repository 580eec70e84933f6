package dev.temper.platform.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.temper.db.TestDatabase;
import dev.temper.platform.Fleet;
import dev.temper.platform.PlatformTest;
import dev.temper.platform.World;
import dev.temper.platform.World.Inhabitant;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.job.JobView;
import dev.temper.platform.resource.NodeView;
import dev.temper.platform.resource.Nodes;
import dev.temper.platform.resource.PoolView;
import dev.temper.platform.tenant.Role;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What pages are told, and to whom. */
@PlatformTest
class LiveTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @Autowired
    private World world;

    @Autowired
    private Fleet fleet;

    @Autowired
    private Live live;

    @Autowired
    private Outbox outbox;

    @Autowired
    private Nodes nodes;

    @Autowired
    private TestDatabase database;

    private Inhabitant owner;
    private PoolView pool;

    @BeforeEach
    void aPool() {
        owner = world.owner();
        pool = fleet.pool(10);
    }

    @Test
    void tellsATenantOfItsOwnJobsWhereverTheyAreChanged() throws InterruptedException {
        NodeView node = fleet.node(pool, 1);
        Inhabitant stranger = world.owner();
        try (LiveStream ours = open(owner, "job");
                LiveStream theirs = open(stranger, "job")) {
            JobView job = fleet.submit(owner, pool, 1);
            fleet.assign(job, node);

            assertThat(state(ours)).isEqualTo("job." + job.number() + " QUEUED");
            assertThat(state(ours)).isEqualTo("job." + job.number() + " ASSIGNED");
            JobView other = fleet.submit(stranger, pool, 1);
            assertThat(state(theirs)).isEqualTo("job." + other.number() + " QUEUED");
        }
    }

    @Test
    void tellsTheRestWhatCameWhileNobodyListened() throws InterruptedException {
        long cursor = live.cursor();
        JobView job = fleet.submit(owner, pool, 1);

        try (LiveStream stream = owner.does(() -> live.open(Set.of("job." + job.number()), cursor))) {
            assertThat(state(stream)).endsWith("QUEUED");
        }
    }

    /** Ids are given when rows are written, not when they are committed: the later one is there first. */
    @Test
    void missesNothingThatIsCommittedLate() throws SQLException, InterruptedException {
        try (Connection slow = database.asSuperuser();
                LiveStream stream = open(owner, "slow", "fast")) {
            slow.setAutoCommit(false);
            write(slow, "slow");
            try (Connection fast = database.asSuperuser()) {
                write(fast, "fast");
            }
            Told first = fact(stream);
            assertThat(first.fact()).extracting(Fact::topic).isEqualTo("fast");
            slow.commit();

            assertThat(fact(stream).fact()).extracting(Fact::topic).isEqualTo("slow");
            try (LiveStream again = owner.does(() -> live.open(Set.of("slow"), first.cursor()))) {
                assertThat(fact(again).fact()).extracting(Fact::topic).isEqualTo("slow");
            }
        }
    }

    @Test
    void saysSoWhereItCannotTellEverything() throws InterruptedException {
        try (LiveStream tooOld = owner.does(() -> live.open(Set.of("job"), 3));
                LiveStream tooSlow = open(owner, "job")) {
            assertThat(tooOld.next(SOON)).extracting(Told::resync).isEqualTo(true);
            Fact fact = new Fact(owner.tenant().id(), "job.1", "{}");
            for (int i = 0; i < 1_000; i++) {
                tooSlow.tell(fact, 1);
            }
            assertThat(tooSlow.next(SOON)).extracting(Told::resync).isEqualTo(true);
            assertThat(tooSlow.next(Duration.ZERO)).extracting(Told::fact).isNull();
        }
    }

    @Test
    void tellsThePlatformsAdminsThatSomethingChangedAndNotWhat() throws InterruptedException {
        NodeView node = fleet.node(pool, 1);
        try (LiveStream admin = Fleet.asAdmin(() -> live.open(Set.of("job"), live.cursor()))) {
            fleet.submit(owner, pool, 1);
            assertThat(fact(admin).fact()).isEqualTo(new Fact(null, "job", "{\"type\":\"job.changed\"}"));
        }
        String topic = "node." + node.id();
        try (LiveStream admin = Fleet.asAdmin(() -> live.open(Set.of(topic), live.cursor()))) {
            Fleet.asAdmin(() -> nodes.cordon(node.id(), IfMatch.ANY));
            assertThat(fact(admin).fact()).extracting(Fact::topic).isEqualTo(topic);
        }
        Inhabitant annotator = world.member(owner.tenant(), Role.ANNOTATOR);
        assertThatThrownBy(() -> open(annotator, "job")).hasMessageContaining("action_not_allowed");
        assertThatThrownBy(() -> open(owner, "job.1 or 1=1")).hasMessageContaining("parameter_wrong");
    }

    @Test
    void forgetsWhatIsOld() throws SQLException {
        long cursor = live.cursor();
        fleet.submit(owner, pool, 1);
        try (Connection superuser = database.asSuperuser();
                var statement = superuser.createStatement()) {
            statement.execute("update live_facts set at = at - interval '2 hours'");
        }

        outbox.forgetOld();

        assertThat(outbox.since(cursor).facts()).isEmpty();
        assertThat(outbox.since(cursor).whole()).isFalse();
    }

    @Test
    void servesAThousandPages() throws Exception {
        List<LiveStream> streams = new ArrayList<>();
        long cursor = live.cursor();
        try (var readers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> heard = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                LiveStream stream = owner.does(() -> live.open(Set.of("job"), cursor));
                streams.add(stream);
                heard.add(readers.submit((Callable<String>) () -> state(stream)));
            }
            JobView job = fleet.submit(owner, pool, 1);
            for (Future<String> one : heard) {
                assertThat(one.get()).isEqualTo("job." + job.number() + " QUEUED");
            }
        } finally {
            streams.forEach(LiveStream::close);
        }
        assertThat(live.streams()).isZero();
    }

    private LiveStream open(Inhabitant who, String... topics) {
        return who.does(() -> live.open(Set.of(topics), live.cursor()));
    }

    /** The next fact, past the signs of life between. */
    private static Told fact(LiveStream stream) throws InterruptedException {
        long end = System.nanoTime() + SOON.toNanos();
        while (System.nanoTime() < end) {
            Told told = stream.next(SOON);
            if (told != null && told.fact() != null) {
                return told;
            }
        }
        throw new AssertionError("Nothing was told");
    }

    private static String state(LiveStream stream) throws InterruptedException {
        Fact fact = Objects.requireNonNull(fact(stream).fact());
        return fact.topic() + " " + fact.json().replaceAll(".*\"state\": \"([A-Z]+)\".*", "$1");
    }

    private void write(Connection connection, String topic) throws SQLException {
        try (var statement = connection.prepareStatement(
                "insert into live_facts (tenant_id, topic, fact) values (?, ?, '{\"type\":\"trial\"}')")) {
            statement.setObject(1, owner.tenant().id());
            statement.setString(2, topic);
            statement.executeUpdate();
        }
        try (var notice = connection.createStatement()) {
            notice.execute("select pg_notify('temper_live', '')");
        }
    }
}
