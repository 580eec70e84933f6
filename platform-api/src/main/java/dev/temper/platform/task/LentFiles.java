package dev.temper.platform.task;

import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.temper.platform.blob.BlobOwner;
import dev.temper.platform.blob.Blobs;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.Chores;
import dev.temper.platform.common.TenantScope;
import dev.temper.platform.job.JobEnded;
import java.io.Serializable;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.transaction.support.TransactionOperations;

/** What a job that comes after a task's run was given is let go at its end: a chore, because that is the fleet's to write down. */
@Configuration(proxyBeanMethods = false)
class LentFiles {
    private static final Caller PLATFORM = Caller.system("lent files");

    private final ObjectProvider<Chores> chores;
    private final ObjectProvider<OneTimeTask<Ref>> chore;

    LentFiles(ObjectProvider<Chores> chores, ObjectProvider<OneTimeTask<Ref>> lettingLentFilesGo) {
        this.chores = chores;
        this.chore = lettingLentFilesGo;
    }

    /** Whose job it was. */
    record Ref(UUID tenant) implements Serializable {}

    @EventListener
    void on(JobEnded ended) {
        if (ended.taskId() != null && !ended.trains()) {
            chores.getObject().soon(chore.getObject(), ended.jobId(), new Ref(ended.tenantId()));
        }
    }

    @Bean
    OneTimeTask<Ref> lettingLentFilesGo(ObjectProvider<Blobs> blobs, TransactionOperations transactions) {
        return Tasks.oneTime("lent-files", Ref.class)
                .execute((instance, _) -> TenantScope.run(
                        instance.getData().tenant(),
                        () -> PLATFORM.run(() -> transactions.executeWithoutResult(_ -> blobs.getObject()
                                .release(new BlobOwner(TrainedFiles.HOLDER, UUID.fromString(instance.getId())))))));
    }
}
