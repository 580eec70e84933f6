package dev.temper.platform.notice;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({NoticeSettings.class, WebhookSettings.class, MailSettings.class})
class NoticeConfiguration {
    private static final FixedDelay OFTEN = FixedDelay.ofSeconds(2);

    @Bean
    RecurringTask<Void> webhookDeliveries(ObjectProvider<Courier> courier) {
        return Tasks.recurring("webhook-deliveries", OFTEN)
                .execute((_, _) -> courier.getObject().deliver());
    }

    @Bean
    RecurringTask<Void> noticeMail(ObjectProvider<Letters> letters) {
        return Tasks.recurring("notice-mail", OFTEN)
                .execute((_, _) -> letters.getObject().send());
    }

    @Bean
    RecurringTask<Void> forgetNotices(ObjectProvider<Forgetting> forgetting) {
        return Tasks.recurring("forget-notices", FixedDelay.ofHours(6))
                .execute((_, _) -> forgetting.getObject().forget());
    }
}
