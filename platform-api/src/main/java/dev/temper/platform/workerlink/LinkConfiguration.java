package dev.temper.platform.workerlink;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The settings of the link, and its chore: every hour, what workers began to send and left is removed. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LinkSettings.class)
class LinkConfiguration {
    private static final Logger log = LoggerFactory.getLogger(LinkConfiguration.class);
    private static final Duration LEFT = Duration.ofHours(24);

    @Bean
    RecurringTask<Void> sweepArrivals(ObjectProvider<Arrivals> arrivals, ObjectProvider<Clock> clock) {
        return Tasks.recurring("sweep-arrivals", FixedDelay.ofHours(1)).execute((_, _) -> {
            int gone = arrivals.getObject().sweep(clock.getObject().instant().minus(LEFT));
            if (gone > 0) {
                log.info("Removed {} contents that workers had begun to send", gone);
            }
        });
    }
}
