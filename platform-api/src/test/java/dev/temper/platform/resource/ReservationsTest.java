package dev.temper.platform.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.temper.platform.Fleet;
import dev.temper.platform.PlatformTest;
import dev.temper.platform.World;
import dev.temper.platform.World.Inhabitant;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.SettableClock;
import dev.temper.platform.tenant.Role;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Devices kept for a tenant, and a tenant's devices shared out among its people. */
@PlatformTest
class ReservationsTest {
    @Autowired
    private World world;

    @Autowired
    private Fleet fleet;

    @Autowired
    private Reservations reservations;

    @Autowired
    private Shares shares;

    @Autowired
    private SettableClock clock;

    private Inhabitant owner;
    private PoolView pool;

    @BeforeEach
    void aPool() {
        owner = world.owner();
        pool = fleet.pool(8);
        fleet.node(pool, 8);
    }

    @Test
    void noMoreIsReservedAtOnceThanThereIs() {
        Instant now = clock.instant();
        reserve(owner, 5, now.plusSeconds(100), now.plusSeconds(200));
        reserve(world.owner(), 5, now.plusSeconds(200), now.plusSeconds(300));

        assertThat(reserve(owner, 3, now.plusSeconds(50), now.plusSeconds(350)).devices())
                .isEqualTo(3);
        assertThatThrownBy(() -> reserve(owner, 1, now.plusSeconds(150), now.plusSeconds(160)))
                .hasMessageContaining("reservation_above_pool");
        assertThat(reserve(owner, 5, now.plusSeconds(300), now.plusSeconds(400)).devices())
                .isEqualTo(5);
    }

    @Test
    void isTheAdminsToMakeAndTheTenantsToSee() {
        Instant now = clock.instant();
        ReservationView made = reserve(owner, 1, now, now.plusSeconds(60));

        assertThat(owner.does(() -> reservations.get(made.id())).devices()).isEqualTo(1);
        assertThatThrownBy(() -> world.owner().does(() -> reservations.get(made.id())))
                .hasMessageContaining("not_found");
        assertThatThrownBy(() -> owner.does(() -> reservations.cancel(made.id(), IfMatch.ANY)))
                .hasMessageContaining("action_not_allowed");
        assertThat(Fleet.asAdmin(() -> reservations.cancel(made.id(), IfMatch.ANY))
                        .cancelledAt())
                .isEqualTo(now);
        assertThatThrownBy(() -> reserve(owner, 1, now, now)).hasMessageContaining("reservation_window_wrong");
        assertThatThrownBy(() -> reserve(owner, 1, now.minusSeconds(60), now))
                .hasMessageContaining("reservation_window_wrong");
        assertThatThrownBy(() -> reserve(owner, 0, now, now.plusSeconds(60)))
                .hasMessageContaining("field_out_of_range");
        assertThatThrownBy(() -> reserve(owner, 1, now, Instant.MAX)).hasMessageContaining("reservation_window_wrong");
    }

    @Test
    void aShareIsHeldAgainstItsPersonsJobs() {
        Inhabitant member = world.member(owner.tenant(), Role.MEMBER);
        ShareView share = owner.does(() -> shares.set(pool.name(), member.userId(), 2));

        assertThat(fleet.submit(member, pool, 2).devices()).isEqualTo(2);
        assertThatThrownBy(() -> fleet.submit(member, pool, 3)).hasMessageContaining("job_above_share");
        assertThat(fleet.submit(owner, pool, 3).devices()).isEqualTo(3);
        assertThatThrownBy(() -> member.does(() -> shares.set(pool.name(), member.userId(), 8)))
                .hasMessageContaining("action_not_allowed");
        assertThatThrownBy(() ->
                        owner.does(() -> shares.set(pool.name(), world.owner().userId(), 8)))
                .hasMessageContaining("field_not_in_form");
        assertThatThrownBy(() -> owner.does(() -> shares.set(pool.name(), member.userId(), -1)))
                .hasMessageContaining("field_out_of_range");
        owner.does(() -> {
            shares.remove(share.id(), IfMatch.ANY);
            return 0;
        });
        assertThat(fleet.submit(member, pool, 3).devices()).isEqualTo(3);
    }

    private ReservationView reserve(Inhabitant whose, int devices, Instant from, Instant to) {
        UUID tenant = whose.tenant().id();
        return Fleet.asAdmin(
                () -> reservations.reserve(new ReservationRequest(tenant, pool.name(), devices, from, to, "")));
    }
}
