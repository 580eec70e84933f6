package dev.temper.platform.dataset;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.temper.platform.common.Actor;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.TenantScope;
import java.util.EnumSet;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Counting the tokens of large versions, as a chore. */
@Configuration(proxyBeanMethods = false)
class TokenCountTask {
    @Bean
    CustomTask<ImportTask.Ref> datasetTokenCounts(ObjectProvider<TokenCountRun> run) {
        return Tasks.custom("dataset-token-count", ImportTask.Ref.class)
                .onDeadExecutionRevive()
                .execute((instance, _) -> {
                    UUID id = UUID.fromString(instance.getId());
                    ImportTask.Ref ref = instance.getData();
                    Caller caller = new Caller(Actor.system("token count"), ref.user(), EnumSet.of(Permission.READ));
                    TenantScope.run(
                            ref.tenant(), () -> caller.run(() -> run.getObject().run(id)));
                    return new CompletionHandler.OnCompleteRemove<>();
                });
    }
}
