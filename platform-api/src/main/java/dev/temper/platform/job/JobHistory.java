package dev.temper.platform.job;

import dev.temper.platform.common.Actor;
import dev.temper.platform.common.Caller;
import java.sql.Timestamp;
import java.util.List;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Every transition of every job, kept; an end is told to whoever goes on from there. */
@Repository
class JobHistory {
    private static final RowMapper<Transition> TRANSITION = new SimplePropertyRowMapper<>(Transition.class);

    private final JdbcClient jdbc;

    private final ApplicationEventPublisher events;

    JobHistory(JdbcClient jdbc, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.events = events;
    }

    void keep(Job job, Transition made) {
        jdbc.sql("""
                insert into job_transitions (tenant_id, job_id, seq, from_state, to_state, at, attempt,
                                             actor_kind, actor_name, reason, detail)
                values (:tenant, :job, :seq, :from, :to, :at, :attempt, :kind, :actor, :reason, :detail)
                """)
                .param("tenant", job.tenantId())
                .param("job", job.id())
                .param("seq", made.seq())
                .param("from", made.from() == null ? null : made.from().name())
                .param("to", made.to().name())
                .param("at", Timestamp.from(made.at()))
                .param("attempt", made.attempt())
                .param("kind", actor().kind().name())
                .param("actor", made.actor())
                .param("reason", made.reason())
                .param("detail", made.detail())
                .update();
        if (made.to().ended()) {
            events.publishEvent(job.end(made));
        }
    }

    List<Transition> of(UUID job) {
        return jdbc.sql("""
                        select seq, from_state as "from", to_state as "to", at, attempt, actor_name as actor, reason, detail
                        from job_transitions where job_id = ? order by seq
                        """).params(job).query(TRANSITION).list();
    }

    /** Who does what is being done; the platform itself where nobody asked. */
    static Actor actor() {
        return Caller.find().map(Caller::actor).orElseGet(() -> Actor.system("fleet"));
    }
}
