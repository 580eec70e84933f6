package dev.temper.platform.dataset;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.temper.platform.common.Actor;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.TenantScope;
import dev.temper.platform.dataset.ImportTable.Attempt;
import java.io.Serializable;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

/** Imports as chores: a few at once in a tenant, the others in line, the one that came first in front. */
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

    /** The run an import whose chore is due may begin; none where others are before it, or it is over. */
    private static Optional<Attempt> turn(UUID id, ImportTable table) {
        ImportState state = table.stateForTurn(id).orElse(ImportState.CANCELLED);
        // One that was under way when its process died has its place already.
        boolean waits = state == ImportState.QUEUED && table.ahead(id) >= AT_ONCE;
        return waits ? Optional.empty() : table.begin(id);
    }

    @Bean
    CustomTask<Ref> datasetImports(
            ObjectProvider<ImportRun> run, ObjectProvider<ImportTable> table, TransactionTemplate transaction) {
        return Tasks.custom("dataset-import", Ref.class).onDeadExecutionRevive().execute((instance, context) -> {
            UUID id = UUID.fromString(instance.getId());
            Ref ref = instance.getData();
            Caller caller =
                    new Caller(Actor.system("import"), ref.user(), EnumSet.of(Permission.READ, Permission.WRITE));
            TenantScope.run(
                    ref.tenant(),
                    () -> caller.run(() -> Objects.requireNonNull(transaction.execute(_ -> turn(id, table.getObject())))
                            .ifPresent(attempt ->
                                    run.getObject().run(attempt, context.getSchedulerState()::isShuttingDown))));
            return (done, chore) -> TenantScope.run(
                    ref.tenant(),
                    () -> transaction.executeWithoutResult(_ -> goOnOrEnd(id, table.getObject(), done, chore)));
        });
    }

    /**
     * The chore goes with the import's last turn. Somebody may be saying just now which columns are what, and ask for another
     * turn, which this chore is in the way of; so the import is locked while that is decided.
     */
    private static void goOnOrEnd(UUID id, ImportTable table, ExecutionComplete done, ExecutionOperations<Ref> chore) {
        switch (table.stateForTurn(id).orElse(ImportState.CANCELLED)) {
            case QUEUED, RUNNING -> chore.reschedule(done, done.getTimeDone().plus(IN_LINE));
            case MAPPING_NEEDED, SUCCEEDED, FAILED, CANCELLED -> chore.remove();
        }
    }
}
