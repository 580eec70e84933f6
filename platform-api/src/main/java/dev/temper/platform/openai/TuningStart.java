package dev.temper.platform.openai;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.temper.platform.common.Actor;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.TenantScope;
import java.io.Serializable;
import java.time.Duration;
import java.util.EnumSet;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Starts a job's task once its file is read: the dialect lets a job be asked for before that. */
@Configuration(proxyBeanMethods = false)
class TuningStart {
    private static final Duration AGAIN = Duration.ofSeconds(1);

    /** Whose job it is, and who asked for it. */
    record Ref(UUID tenant, UUID user) implements Serializable {}

    @Bean
    CustomTask<Ref> fineTuningStarts(ObjectProvider<FineTuning> jobs) {
        return Tasks.custom("fine-tuning-start", Ref.class)
                .onDeadExecutionRevive()
                .execute((instance, _) -> {
                    UUID id = UUID.fromString(instance.getId());
                    Ref ref = instance.getData();
                    Caller caller = new Caller(
                            Actor.system("fine-tuning"), ref.user(), EnumSet.of(Permission.READ, Permission.WRITE));
                    boolean waits = TenantScope.call(
                            ref.tenant(),
                            () -> caller.call(() -> jobs.getObject().startOrWait(id)));
                    return (done, chore) -> again(waits, done, chore);
                });
    }

    private static void again(boolean waits, ExecutionComplete done, ExecutionOperations<Ref> chore) {
        if (waits) {
            chore.reschedule(done, done.getTimeDone().plus(AGAIN));
        } else {
            chore.remove();
        }
    }
}
