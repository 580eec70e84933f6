package dev.temper.platform.model;

import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.FleetScope;
import dev.temper.platform.common.TenantScope;
import java.io.Serializable;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Imports of models as chores. */
@Configuration(proxyBeanMethods = false)
class ModelImportTask {
    private static final Caller PLATFORM = Caller.system("import model");
    private static final Duration SOON = Duration.ofSeconds(2);

    /**
     * Whose import it is.
     *
     * @param tenant null: the platform's
     */
    record Ref(@Nullable UUID tenant) implements Serializable {
        private void within(Runnable work) {
            Runnable asked = () -> PLATFORM.run(work);
            if (tenant == null) {
                FleetScope.run(asked);
            } else {
                TenantScope.run(tenant, asked);
            }
        }
    }

    /** The chore goes when the import is over, whichever run has ended it. */
    @Bean
    CustomTask<Ref> baseModelImports(ObjectProvider<ModelImportRun> run) {
        return Tasks.custom("model-import", Ref.class).onDeadExecutionRevive().execute((instance, context) -> {
            UUID id = UUID.fromString(instance.getId());
            Ref ref = instance.getData();
            ref.within(() -> run.getObject().run(id, context.getSchedulerState()::isShuttingDown));
            return (done, chore) -> ref.within(() -> {
                if (run.getObject().isOver(id)) {
                    chore.remove();
                } else {
                    chore.reschedule(done, done.getTimeDone().plus(SOON));
                }
            });
        });
    }
}
