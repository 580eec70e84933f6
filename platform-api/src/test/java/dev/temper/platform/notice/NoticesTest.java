package dev.temper.platform.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.temper.data.recipe.Recipe;
import dev.temper.platform.Fleet;
import dev.temper.platform.PlatformTest;
import dev.temper.platform.World;
import dev.temper.platform.World.Inhabitant;
import dev.temper.platform.blob.Blobs;
import dev.temper.platform.common.Cursors;
import dev.temper.platform.common.Ids;
import dev.temper.platform.dataset.Imports;
import dev.temper.platform.job.Failure;
import dev.temper.platform.job.FailureClass;
import dev.temper.platform.job.JobRequest;
import dev.temper.platform.job.JobView;
import dev.temper.platform.job.Jobs;
import dev.temper.platform.job.RunEnd;
import dev.temper.platform.job.Runs;
import dev.temper.platform.resource.BudgetReached;
import dev.temper.platform.resource.NodeView;
import dev.temper.platform.resource.PoolView;
import dev.temper.platform.tenant.Role;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionTemplate;

/** Who is told what. */
@PlatformTest
class NoticesTest {
    @Autowired
    private World world;

    @Autowired
    private Fleet fleet;

    @Autowired
    private Jobs jobs;

    @Autowired
    private Runs runs;

    @Autowired
    private Imports imports;

    @Autowired
    private Blobs blobs;

    @Autowired
    private Notices notices;

    @Autowired
    private Cursors cursors;

    @Autowired
    private ApplicationEventPublisher events;

    @Autowired
    private TransactionTemplate transaction;

    private Inhabitant owner;
    private PoolView pool;

    @BeforeEach
    void tenant() {
        owner = world.owner();
        pool = fleet.pool(10);
    }

    @Test
    void theOwnerOfATaskIsToldHowItEnded() {
        NodeView node = fleet.node(pool, 1);
        Inhabitant colleague = world.member(owner.tenant(), Role.ADMIN);
        finish(node, new RunEnd.Succeeded());
        finish(
                node,
                new RunEnd.Failed(
                        new Failure(FailureClass.USER, "diverged", "The loss is no number.", "Learn slower.")));
        JobView cancelled = task("Trial");
        colleague.does(() -> jobs.cancel(cancelled.id()));

        List<NoticeView> told = list(owner, Locale.ENGLISH);
        assertThat(told)
                .extracting(NoticeView::type)
                .containsExactly("task.cancelled", "task.failed", "task.succeeded");
        assertThat(told.get(0).text()).contains("“Trial”", colleague.email());
        assertThat(told.get(1).text()).contains("“Trial” failed", "The loss is no number.");
        assertThat(list(owner, Locale.SIMPLIFIED_CHINESE).get(2).text()).isEqualTo("任务“Trial”已完成。");
        assertThat(list(colleague, Locale.ENGLISH)).isEmpty();
    }

    @Test
    void nothingIsToldOfWhatWasTakenBack() {
        JobView job = task("Trial");

        owner.does(() -> transaction.execute(all -> {
            JobView gone = jobs.cancel(job.id());
            all.setRollbackOnly();
            return gone;
        }));

        assertThat(list(owner, Locale.ENGLISH)).isEmpty();
    }

    @Test
    void whoeverBringsAFileInIsToldWhatBecameOfIt() {
        bring("good.jsonl", "{\"text\":\"one\"}\n{\"text\":7}\n");
        bring("odd.csv", "wunsch;ding\na;b\n");

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(list(owner, Locale.ENGLISH))
                        .extracting(NoticeView::text)
                        .containsExactlyInAnyOrder(
                                "“good.jsonl” is imported: 1 rows, 1 left out.",
                                "The import of “odd.csv” waits until you say which columns are what."));
    }

    @Test
    void whoRunsTheTenantIsToldOfItsBudget() {
        Inhabitant admin = world.member(owner.tenant(), Role.ADMIN);
        Inhabitant member = world.member(owner.tenant(), Role.MEMBER);

        owner.does(() -> transaction.execute(_ -> {
            events.publishEvent(new BudgetReached("a100", 80, 1_000, 2_880_000, Instant.parse("2026-12-01T00:00:00Z")));
            return owner;
        }));

        assertThat(list(owner, Locale.ENGLISH))
                .singleElement()
                .satisfies(
                        told -> assertThat(told.text()).contains("80 %", "1,000 device-hours", "a100", "Dec 1, 2026"));
        assertThat(list(admin, Locale.ENGLISH)).hasSize(1);
        assertThat(list(member, Locale.ENGLISH)).isEmpty();
    }

    @Test
    void isReadOneByOneOrUpToWhatWasSeen() {
        for (int i = 0; i < 3; i++) {
            JobView job = task("Trial " + i);
            owner.does(() -> jobs.cancel(job.id()));
        }
        List<NoticeView> told = list(owner, Locale.ENGLISH);
        assertThat(owner.does(notices::unread)).isEqualTo(3);

        NoticeView read = owner.does(() -> notices.read(told.getLast().id(), Locale.ENGLISH));
        assertThat(read.readAt()).isNotNull();
        assertThat(owner.does(() -> notices.readUpTo(told.get(1).id()))).isEqualTo(1);
        Inhabitant colleague = world.member(owner.tenant(), Role.ADMIN);
        assertThatThrownBy(
                        () -> colleague.does(() -> notices.read(told.getFirst().id(), Locale.ENGLISH)))
                .hasMessageContaining("not_found");
    }

    private List<NoticeView> list(Inhabitant reader, Locale locale) {
        return reader.does(() -> notices.list(cursors.query(10, null, "notices"), locale))
                .items();
    }

    private JobView task(String name) {
        return owner.does(() -> jobs.submit(new JobRequest(
                name, "trial", "{\"steps\":1}", pool.name(), 1, Duration.ofMinutes(10), 50, 0, Ids.next())));
    }

    private void finish(NodeView node, RunEnd end) {
        long fence = fleet.assign(task("Trial"), node);
        Fleet.asWorker(node, () -> runs.claim(node.id(), List.of("trial"), Duration.ofMinutes(1)));
        runs.finished(node.id(), fence, end);
    }

    private void bring(String name, String content) {
        owner.does(() -> imports.start(new Imports.Wanted(
                null,
                null,
                name,
                blobs.store(out -> out.write(content.getBytes(StandardCharsets.UTF_8))),
                null,
                Recipe.EMPTY)));
    }
}
