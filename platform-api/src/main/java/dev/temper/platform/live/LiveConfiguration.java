package dev.temper.platform.live;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class LiveConfiguration {
    @Bean
    RecurringTask<Void> forgetLiveFacts(Outbox outbox) {
        return Tasks.recurring("forget-live-facts", FixedDelay.ofMinutes(10)).execute((_, _) -> outbox.forgetOld());
    }
}
