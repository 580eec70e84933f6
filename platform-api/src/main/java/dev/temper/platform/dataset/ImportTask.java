package dev.temper.platform.dataset;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.temper.platform.common.Actor;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.TenantScope;
import java.io.Serializable;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

/** Imports as chores: a few at once in a tenant, the others in line. */
@Configuration(proxyBeanMethods = false)
class ImportTask {
    private static final int AT_ONCE = 2;
    private static final Duration IN_LINE = Duration.ofSeconds(1);

    /**
     * Whose import it is.
     *
     * @param user who asked for it, and who the versions are by
     */
    record Ref(UUID tenant, @Nullable UUID user) implements Serializable {}

    /** Whether an import whose chore is due may run. */
    private enum Turn {
        RUN,
        /** Others of the tenant are under way. */
        WAIT,
        /** It was cancelled or is gone. */
        OVER
    }

    private static Turn turn(UUID id, ImportTable table) {
        if (table.othersRunning(id) >= AT_ONCE) {
            return Turn.WAIT;
        }
        return table.enter(id, ImportState.RUNNING) ? Turn.RUN : Turn.OVER;
    }

    @Bean
    CustomTask<Ref> datasetImports(
            ObjectProvider<ImportRun> run, ObjectProvider<ImportTable> table, TransactionTemplate transaction) {
        return Tasks.custom("dataset-import", Ref.class).onDeadExecutionRevive().execute((instance, _) -> {
            UUID id = UUID.fromString(instance.getId());
            Ref ref = instance.getData();
            Caller caller =
                    new Caller(Actor.system("import"), ref.user(), EnumSet.of(Permission.READ, Permission.WRITE));
            Turn turn = TenantScope.call(
                    ref.tenant(),
                    () -> caller.call(() -> {
                        Turn now = Objects.requireNonNull(transaction.execute(_ -> turn(id, table.getObject())));
                        if (now == Turn.RUN) {
                            run.getObject().run(id);
                        }
                        return now;
                    }));
            return turn == Turn.WAIT
                    ? new CompletionHandler.OnCompleteReschedule<>(FixedDelay.of(IN_LINE))
                    : new CompletionHandler.OnCompleteRemove<>();
        });
    }
}
