package dev.temper.platform.scheduling;

import dev.temper.platform.job.Runs;
import dev.temper.platform.resource.Budgets;
import dev.temper.platform.resource.Ledger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What else only the leader does, before each plan: ends leases that ran out, and keeps the books. */
@Component
class Upkeep {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final Duration LOOK_AT_BUDGETS = Duration.ofSeconds(30);

    private final Runs runs;
    private final Ledger ledger;
    private final Budgets budgets;
    private final Clock clock;
    private Instant nextLook = Instant.MIN;

    Upkeep(Runs runs, Ledger ledger, Budgets budgets, Clock clock) {
        this.runs = runs;
        this.ledger = ledger;
        this.budgets = budgets;
        this.clock = clock;
    }

    void run() {
        attempt("end what was lost", runs::expire);
        attempt("bring the ledger up to date", ledger::rollForward);
        Instant now = clock.instant();
        if (!now.isBefore(nextLook)) {
            nextLook = now.plus(LOOK_AT_BUDGETS);
            attempt("look at the budgets", budgets::warn);
        }
    }

    /** None of it may keep the others, or the plan, from being made. */
    private static void attempt(String what, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.warn("Could not {}; tried again soon", what, e);
        }
    }
}
