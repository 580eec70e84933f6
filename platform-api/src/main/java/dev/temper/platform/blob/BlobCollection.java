package dev.temper.platform.blob;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.Cursors;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.TenantScope;
import dev.temper.platform.tenant.TenantView;
import dev.temper.platform.tenant.Tenants;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Every hour, uploads nobody went on with are given up and content that nothing needs is removed, tenant by tenant. */
@Configuration(proxyBeanMethods = false)
class BlobCollection {
    private static final Logger LOG = LoggerFactory.getLogger(BlobCollection.class);
    private static final int TENANTS_AT_ONCE = 100;
    private static final Caller PLATFORM = Caller.system("collect blobs");

    @Bean
    RecurringTask<Void> collectBlobs(
            ObjectProvider<Uploads> uploads,
            ObjectProvider<Blobs> blobs,
            ObjectProvider<Staging> staging,
            ObjectProvider<Tenants> tenants,
            ObjectProvider<Cursors> cursors) {
        return Tasks.recurring("collect-blobs", FixedDelay.ofHours(1)).execute((_, _) -> {
            @Nullable String next = null;
            do {
                String cursor = next;
                Page<TenantView> page = PLATFORM.call(() ->
                        tenants.getObject().all(cursors.getObject().query(TENANTS_AT_ONCE, cursor, "collect blobs")));
                for (TenantView tenant : page.items()) {
                    int gone = TenantScope.call(
                            tenant.id(),
                            () -> PLATFORM.call(() -> {
                                uploads.getObject().sweep();
                                return blobs.getObject().collect()
                                        + blobs.getObject().collectStrays();
                            }));
                    if (gone > 0) {
                        LOG.info("Removed {} blobs of tenant {} that nothing needs", gone, tenant.slug());
                    }
                }
                next = page.next();
            } while (next != null);
            staging.getObject().sweep();
        });
    }
}
