package dev.temper.platform.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.temper.platform.PlatformTest;
import dev.temper.platform.World;
import dev.temper.platform.World.Inhabitant;
import dev.temper.platform.common.Actor;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Ids;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.Problem;
import dev.temper.platform.common.TenantScope;
import dev.temper.platform.common.Use;
import dev.temper.platform.job.JobRequest;
import dev.temper.platform.job.JobView;
import dev.temper.platform.job.Jobs;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@PlatformTest
class ClosingTest {
    private static final IfMatch ANY = IfMatch.parse("*");

    @Autowired
    private World world;

    @Autowired
    private Tenants tenants;

    @Autowired
    private Jobs jobs;

    @Test
    void aTenantWithWorkIsClosedOnlyWhenThatHasEnded() {
        Inhabitant owner = world.owner();
        List<JobView> open =
                IntStream.rangeClosed(1, 12).mapToObj(n -> submit(owner, n)).toList();

        assertThat(refusal(owner.does(Caller::current), owner))
                .startsWith(new Use("job", "#1 Work 1"))
                .endsWith(new Use("job", "#10 Work 10"), new Use("jobs", "2"));
        Caller admin = new Caller(Actor.system("test"), null, Set.of(Permission.MANAGE_PLATFORM));
        assertThat(refusal(admin, owner)).containsExactly(new Use("jobs", "12"));
        assertThat(owner.does(() -> tenants.get(owner.tenant().id())).status()).isEqualTo(TenantStatus.ACTIVE);

        open.forEach(job -> owner.does(() -> jobs.cancel(job.id())));
        assertThat(owner.does(() -> tenants.close(owner.tenant().id(), ANY)).status())
                .isEqualTo(TenantStatus.CLOSED);
    }

    private List<Use> refusal(Caller caller, Inhabitant owner) {
        Problem refused = catchThrowableOfType(
                Problem.class,
                () -> TenantScope.call(
                        owner.tenant().id(),
                        () -> caller.call(() -> tenants.close(owner.tenant().id(), ANY))));
        assertThat(refused.code()).isEqualTo(ErrorCode.TENANT_IN_USE);
        return ((List<?>) Objects.requireNonNull(refused.facts().get("uses")))
                .stream().map(Use.class::cast).toList();
    }

    private JobView submit(Inhabitant owner, int n) {
        return owner.does(() -> jobs.submit(
                new JobRequest("Work " + n, "trial", "{}", "default", 1, Duration.ofMinutes(10), 50, 0, Ids.next())));
    }
}
