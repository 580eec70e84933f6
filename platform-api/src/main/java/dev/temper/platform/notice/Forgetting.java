package dev.temper.platform.notice;

import dev.temper.platform.common.FleetScope;
import java.sql.Timestamp;
import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Takes away what was told long ago. */
@Component
class Forgetting {
    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final NoticeSettings settings;
    private final Clock clock;

    Forgetting(JdbcClient jdbc, TransactionOperations transactions, NoticeSettings settings, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.settings = settings;
        this.clock = clock;
    }

    /** By notices_at and webhook_deliveries_created. */
    void forget() {
        Timestamp before = Timestamp.from(clock.instant().minus(settings.keep()));
        FleetScope.run(() -> transactions.executeWithoutResult(_ -> {
            jdbc.sql("delete from notices where at < ?").param(before).update();
            jdbc.sql("delete from webhook_deliveries where created_at < ? and state <> 'PENDING'")
                    .param(before)
                    .update();
        }));
    }
}
