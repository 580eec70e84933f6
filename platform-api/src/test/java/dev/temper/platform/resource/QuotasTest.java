package dev.temper.platform.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.temper.platform.Fleet;
import dev.temper.platform.PlatformTest;
import dev.temper.platform.World;
import dev.temper.platform.World.Inhabitant;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What a quota may say, and what it keeps out of the queue. */
@PlatformTest
class QuotasTest {
    @Autowired
    private World world;

    @Autowired
    private Fleet fleet;

    @Autowired
    private Quotas quotas;

    @Autowired
    private Pools pools;

    @Autowired
    private SettableClock clock;

    private Inhabitant owner;
    private PoolView pool;

    @BeforeEach
    void aPool() {
        owner = world.owner();
        pool = fleet.pool(100);
        fleet.node(pool, 8);
    }

    @Test
    void isHeldAgainstJobs() {
        set(owner, limits(2, 4, 10L));

        assertThat(fleet.submit(owner, pool, 4).devices()).isEqualTo(4);
        assertThatThrownBy(() -> fleet.submit(owner, pool, 5)).hasMessageContaining("job_above_ceiling");
        set(owner, limits(0, 8, 0L));
        assertThatThrownBy(() -> fleet.submit(owner, pool, 1)).hasMessageContaining("job_above_budget");
        Fleet.asAdmin(() -> {
            quotas.remove(owner.tenant().id(), pool.id(), IfMatch.ANY);
            return 0;
        });
        assertThat(fleet.submit(owner, pool, 8).devices()).isEqualTo(8);
    }

    @Test
    void showsWhatIsUsedOfIt() {
        set(owner, limits(1, 4, 10L));
        NodeView node = fleet.node(pool, 8);
        fleet.assign(fleet.submit(owner, pool, 2), node);
        fleet.submit(owner, pool, 3);
        assertThat(Fleet.asAdmin(pools::stock).get(pool.id())).isEqualTo(new PoolStock(2, 16, 16, 2, 14, 1));
        clock.advance(Duration.ofMinutes(10));

        QuotaUse use = owner.does(() -> quotas.use(owner.tenant().id(), pool.id()));

        assertThat(use.limits()).isEqualTo(limits(1, 4, 10L));
        assertThat(use)
                .extracting(QuotaUse::held, QuotaUse::queuedJobs, QuotaUse::queuedDevices, QuotaUse::usedSeconds)
                .containsExactly(2, 1, 3, 1_200L);
        Inhabitant stranger = world.owner();
        assertThatThrownBy(() -> stranger.does(() -> quotas.use(owner.tenant().id(), pool.id())))
                .hasMessageContaining("not_found");
    }

    @Test
    void isNotOverwrittenUnseen() {
        IfMatch never = new IfMatch(List.of(0L));
        Fleet.asAdmin(() -> quotas.set(owner.tenant().id(), pool.id(), limits(1, 1, null), never));

        assertThatThrownBy(() ->
                        Fleet.asAdmin(() -> quotas.set(owner.tenant().id(), pool.id(), limits(2, 2, null), never)))
                .hasMessageContaining("edit_conflict");
        assertThat(Fleet.asAdmin(() -> quotas.use(owner.tenant().id(), pool.id()))
                        .version())
                .isEqualTo(1);
    }

    @Test
    void guaranteesNoMoreThanThereIs() {
        set(owner, limits(6, 8, null));

        assertThatThrownBy(() -> set(world.owner(), limits(3, 8, null))).hasMessageContaining("quota_overcommitted");
        assertThat(set(world.owner(), limits(2, 8, null)).limits().guaranteed()).isEqualTo(2);
        assertThat(set(owner, limits(5, 8, null)).limits().guaranteed()).isEqualTo(5);
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatThrownBy(() -> limits(-1, 8, null)).hasMessageContaining("field_out_of_range");
        assertThatThrownBy(() -> limits(0, Integer.MAX_VALUE, null)).hasMessageContaining("field_out_of_range");
        assertThatThrownBy(() -> limits(0, 1, Long.MAX_VALUE)).hasMessageContaining("field_out_of_range");
        assertThatThrownBy(() -> limits(0, 1, -1L)).hasMessageContaining("field_out_of_range");
        assertThatThrownBy(() -> limits(5, 4, null)).hasMessageContaining("quota_ceiling_too_low");
    }

    @Test
    void isThePlatformsAdminsToSet() {
        assertThatThrownBy(() -> owner.does(() -> quotas.set(owner.tenant().id(), pool.id(), limits(1, 1, null))))
                .hasMessageContaining("action_not_allowed");
        assertThatThrownBy(() -> Fleet.asAdmin(() -> quotas.set(UUID.randomUUID(), pool.id(), limits(1, 1, null))))
                .hasMessageContaining("not_found");
    }

    private QuotaView set(Inhabitant whose, QuotaLimits limits) {
        return Fleet.asAdmin(() -> quotas.set(whose.tenant().id(), pool.id(), limits));
    }

    private static QuotaLimits limits(int guaranteed, int ceiling, @Nullable Long hours) {
        return new QuotaLimits(guaranteed, ceiling, hours, null, null, 0, 100);
    }
}
