package dev.temper.platform.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.temper.platform.Fleet;
import dev.temper.platform.PlatformTest;
import dev.temper.platform.World;
import dev.temper.platform.World.Inhabitant;
import dev.temper.platform.audit.Audit;
import dev.temper.platform.common.Cursors;
import dev.temper.platform.common.FleetScope;
import dev.temper.platform.common.Ids;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.SettableClock;
import dev.temper.platform.job.JobRequest;
import dev.temper.platform.job.JobView;
import dev.temper.platform.job.Jobs;
import dev.temper.platform.notice.DeliveryTable.Due;
import dev.temper.platform.notice.DeliveryView.State;
import dev.temper.platform.notice.DeliveryView.Try;
import dev.temper.platform.tenant.Role;
import dev.temper.platform.tenant.Secrets;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Messages to programs outside, over real sockets; the platform’s own chore sends them beside the tests. */
@PlatformTest
class WebhooksTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Autowired
    private World world;

    @Autowired
    private Fleet fleet;

    @Autowired
    private Jobs jobs;

    @Autowired
    private Webhooks webhooks;

    @Autowired
    private Deliveries deliveries;

    @Autowired
    private DeliveryTable table;

    @Autowired
    private Courier courier;

    @Autowired
    private Cursors cursors;

    @Autowired
    private SettableClock clock;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Secrets secrets;

    @Autowired
    private Audit audit;

    private final Receiver receiver = new Receiver();
    private Inhabitant owner;
    private IssuedWebhook issued;

    @BeforeEach
    void aWebhook() {
        owner = world.owner();
        issued = owner.does(() -> webhooks.create(receiver.url(), List.of("task.cancelled")));
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void tellsAProgramWhatItAskedForSignedWithItsSecret() {
        owner.does(() -> webhooks.create(receiver.url(), List.of("budget.reached")));
        JobView job = owner.does(() -> jobs.submit(new JobRequest(
                "试验", "trial", "{}", fleet.pool(1).name(), 1, Duration.ofMinutes(10), 50, 0, Ids.next())));
        owner.does(() -> jobs.cancel(job.id()));

        DeliveryView sent = delivered(only());
        assertThat(receiver.messages).singleElement().satisfies(message -> {
            assertThat(message.id()).isEqualTo(sent.id().toString());
            assertThat(message.body()).isEqualTo(sent.body()).contains("\"type\":\"task.cancelled\"", "试验");
            assertThat(message.isSignedWith(issued.secret())).isTrue();
        });
    }

    @Test
    void triesAgainWithTheSameIdUntilItIsTaken() {
        receiver.status = 500;
        UUID id = owner.does(() -> deliveries.test(issued.webhook().id())).id();
        until(() -> get(id).tries().size() == 1);
        assertThat(get(id).dueAt()).isEqualTo(clock.instant().plusSeconds(5));

        receiver.status = 302;
        clock.advance(Duration.ofSeconds(5));
        until(() -> get(id).tries().size() == 2);
        receiver.status = 204;
        clock.advance(Duration.ofMinutes(1));

        assertThat(delivered(id).tries()).extracting(Try::status).containsExactly(500, 302, 204);
        assertThat(receiver.messages)
                .hasSize(3)
                .allMatch(message -> message.id().equals(id.toString()));
    }

    @Test
    void givesUpWhereItIsNotWantedUntilAskedToSendAgain() {
        receiver.status = 410;
        UUID id = owner.does(() -> deliveries.test(issued.webhook().id())).id();
        until(() -> get(id).state() == State.FAILED);
        receiver.status = 200;

        owner.does(() -> deliveries.again(id));

        assertThat(delivered(id).tries()).hasSize(2);
    }

    @Test
    void saysWhyNobodyAnswered() {
        receiver.close();
        UUID id = owner.does(() -> deliveries.test(issued.webhook().id())).id();

        until(() -> !get(id).tries().isEmpty());
        assertThat(get(id).tries()).extracting(Try::obstacle).containsExactly(Obstacle.REFUSED);
    }

    /** As several replicas do. */
    @Test
    void severalAtOnceSendEachMessageOnce() {
        for (int i = 0; i < 12; i++) {
            owner.does(() -> deliveries.test(issued.webhook().id()));
        }

        try (ExecutorService replicas = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 4; i++) {
                replicas.execute(courier::deliver);
            }
        }

        until(() -> list().stream().allMatch(sent -> sent.state() == State.DELIVERED));
        assertThat(receiver.messages).hasSize(12);
        assertThat(receiver.messages).extracting(Receiver.Message::id).doesNotHaveDuplicates();
    }

    @Test
    void whatWasOnItsWayWhenItsSenderWasKilledIsSentAfterAll() {
        UUID webhook = issued.webhook().id();
        UUID id = FleetScope.call(() -> Objects.requireNonNull(transaction.execute(_ -> {
            UUID made = table.insert(owner.tenant().id(), webhook, "test", Map.of(), clock.instant());
            assertThat(table.claim()).extracting(Due::id).contains(made);
            return made; // and nothing is heard of the claim again
        })));
        courier.deliver();
        assertThat(get(id).tries()).isEmpty();

        clock.advance(DeliveryTable.CLAIM);

        assertThat(delivered(id).tries()).hasSize(1);
    }

    @Test
    void sendsNothingWhilePausedAndSignsWithTheNewSecret() {
        UUID id = issued.webhook().id();
        WebhookView paused = owner.does(() -> webhooks.change(id, new WebhookChange(null, null, false), IfMatch.ANY));
        assertThatThrownBy(() -> owner.does(() -> deliveries.test(id))).hasMessageContaining("webhook_paused");
        assertThatThrownBy(() -> owner.does(
                        () -> webhooks.change(id, new WebhookChange(null, null, true), new IfMatch(List.of(0L)))))
                .hasMessageContaining("edit_conflict");
        owner.does(
                () -> webhooks.change(id, new WebhookChange(null, null, true), new IfMatch(List.of(paused.version()))));

        IssuedWebhook renewed = owner.does(() -> webhooks.renew(id, IfMatch.ANY));
        delivered(owner.does(() -> deliveries.test(id)).id());

        assertThat(receiver.messages).singleElement().satisfies(message -> {
            assertThat(message.isSignedWith(renewed.secret())).isTrue();
            assertThat(message.isSignedWith(issued.secret())).isFalse();
        });
    }

    @Test
    void theSecretIsKeptEncrypted() {
        byte[] kept = owner.does(() -> transaction.execute(_ -> jdbc.sql("select secret from webhooks where id = ?")
                .param(issued.webhook().id())
                .query((row, _) -> row.getBytes(1))
                .single()));

        assertThat(new String(kept, StandardCharsets.ISO_8859_1))
                .doesNotContain(issued.secret().substring(6));
        assertThat(issued.toString()).doesNotContain(issued.secret());
    }

    @Test
    void addressesOfThisMachineAndItsNetworksAreRefused() {
        Webhooks strict = new Webhooks(jdbc, secrets, new WebhookSettings(false, Duration.ofSeconds(5)), audit, clock);
        for (String address : List.of("http://127.0.0.1/", "http://169.254.169.254/latest", "http://[::1]:9/")) {
            assertThatThrownBy(() -> create(strict, address)).hasMessageContaining("webhook_private");
        }
        for (String address : List.of("file:///etc/passwd", "https://user@203.0.113.7/", "what", "http://a b/")) {
            assertThatThrownBy(() -> create(strict, address)).hasMessageContaining("field_not_in_form");
        }
        assertThatThrownBy(() -> create(strict, "https://nowhere.invalid/"))
                .hasMessageContaining("webhook_host_unknown");
        assertThatThrownBy(() -> owner.does(() -> webhooks.create(receiver.url(), List.of("task.dreamt"))))
                .hasMessageContaining("field_not_a_choice");
    }

    @Test
    void areTheAdminsOfTheTenant() {
        Inhabitant member = world.member(owner.tenant(), Role.MEMBER);
        Inhabitant stranger = world.owner();
        UUID id = issued.webhook().id();

        assertThatThrownBy(() -> member.does(webhooks::list)).hasMessageContaining("action_not_allowed");
        assertThatThrownBy(() -> stranger.does(() -> webhooks.get(id))).hasMessageContaining("not_found");
        assertThatThrownBy(() -> stranger.does(() -> deliveries.test(id))).hasMessageContaining("not_found");
        UUID delivery = owner.does(() -> deliveries.test(id)).id();
        assertThatThrownBy(() -> stranger.does(() -> deliveries.again(delivery)))
                .hasMessageContaining("not_found");
    }

    private Object create(Webhooks strict, String address) {
        return owner.does(() -> transaction.execute(_ -> strict.create(address, List.of("task.failed"))));
    }

    private UUID only() {
        assertThat(list()).hasSize(1);
        return list().getFirst().id();
    }

    private List<DeliveryView> list() {
        return owner.does(() -> deliveries.list(issued.webhook().id(), cursors.query(50, null, "deliveries")))
                .items();
    }

    private DeliveryView get(UUID id) {
        return owner.does(() -> deliveries.get(id));
    }

    private DeliveryView delivered(UUID id) {
        until(() -> get(id).state() == State.DELIVERED);
        return get(id);
    }

    /** What is due is sent at once, not only when the platform's chore comes round. */
    private void until(Callable<Boolean> done) {
        await().atMost(SOON).pollInterval(Duration.ofMillis(50)).until(() -> {
            courier.deliver();
            return done.call();
        });
    }
}
