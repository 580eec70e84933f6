package dev.temper.platform.task;

import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import dev.temper.contract.RunSpec;
import dev.temper.contract.RunSpecJson;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.Chores;
import dev.temper.platform.common.TenantScope;
import dev.temper.platform.job.JobEnded;
import dev.temper.platform.job.JobState;
import dev.temper.platform.job.Jobs;
import dev.temper.platform.model.TunedModels;
import java.io.Serializable;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What comes of a task's run becomes a tuned model: a chore, because the run's end is the fleet's to write down. */
@Configuration(proxyBeanMethods = false)
class TunedRuns {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Caller PLATFORM = Caller.system("tuned models");

    private final ObjectProvider<Chores> chores;
    private final ObjectProvider<OneTimeTask<Ref>> chore;

    TunedRuns(ObjectProvider<Chores> chores, ObjectProvider<OneTimeTask<Ref>> keepingTunedModels) {
        this.chores = chores;
        this.chore = keepingTunedModels;
    }

    /** Whose task it is. */
    record Ref(UUID tenant) implements Serializable {}

    @EventListener
    void on(JobEnded ended) {
        if (ended.state() == JobState.SUCCEEDED && ended.taskId() != null && ended.trains()) {
            chores.getObject().soon(chore.getObject(), ended.taskId(), new Ref(ended.tenantId()));
        }
    }

    @Bean
    OneTimeTask<Ref> keepingTunedModels(
            ObjectProvider<TaskTable> table,
            ObjectProvider<Jobs> jobs,
            ObjectProvider<TunedModels> models,
            TransactionOperations transactions) {
        return com.github.kagkarlsson.scheduler.task.helper.Tasks.oneTime("tuned-model", Ref.class)
                .execute((instance, _) -> TenantScope.run(
                        instance.getData().tenant(),
                        () -> PLATFORM.run(() -> transactions.executeWithoutResult(_ -> table.getObject()
                                .find(UUID.fromString(instance.getId()))
                                .ifPresent(task -> models.getObject()
                                        .keep(
                                                task.id(),
                                                task.job(),
                                                task.name(),
                                                lineage(task, jobs.getObject().spec(task.job()))))))));
    }

    /** What it learned from and how; the rest is the task's to show. */
    private static String lineage(TaskTable.Kept task, String spec) {
        RunSpec run = RunSpecJson.read(spec);
        JsonNode whole = JSON.readTree(RunSpecJson.write(run));
        ObjectNode lineage = JSON.createObjectNode();
        lineage.set("data", JSON.readTree(task.data()));
        lineage.set("stage", whole.path("stage"));
        lineage.set("method", whole.path("method"));
        return JSON.writeValueAsString(lineage);
    }
}
