package dev.temper.platform.live;

import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.TenantScope;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Service;

/** What changes, told as it does: to the tenant in scope of its own, to the platform's admins that it does. */
@Service
public class Live implements SmartLifecycle {
    private static final Pattern TOPIC = Pattern.compile("[a-z]{2,20}(\\.[0-9a-f-]{1,40})?");
    private static final int MOST_TOPICS = 20;

    private final Outbox outbox;
    private final Tail tail;
    private volatile boolean running;

    Live(Outbox outbox, DataSource source) {
        this.outbox = outbox;
        this.tail = new Tail(outbox, source);
    }

    /** Where a page that is read from now on goes on: whatever it shows may be older, nothing it misses is. */
    public long cursor() {
        return outbox.horizon();
    }

    /**
     * Begins to hear what is told under these topics, and what was told since the cursor. Outside of a tenant this is for
     * the platform's admins.
     *
     * @param topics as in {@code job.12}, or {@code job} for all of them
     */
    public LiveStream open(Set<String> topics, long cursor) {
        UUID tenant = TenantScope.current().orElse(null);
        Caller.current().require(tenant == null ? Permission.MANAGE_PLATFORM : Permission.READ);
        if (topics.size() > MOST_TOPICS
                || !topics.stream().allMatch(topic -> TOPIC.matcher(topic).matches())) {
            throw ErrorCode.PARAMETER_WRONG
                    .at("topics")
                    .with("parameter", "topics")
                    .with("expected", "job.12,queue");
        }
        LiveStream stream = new LiveStream(tenant, topics, cursor, tail::remove);
        // First heard, then read: what comes in between is told twice rather than never.
        tail.add(stream);
        Outbox.Batch missed = outbox.since(cursor);
        stream.reached(missed.horizon());
        if (!missed.whole() || missed.facts().size() == Outbox.MOST) {
            stream.lookAnew();
        } else {
            missed.facts().forEach(kept -> stream.tell(kept.fact(), cursor));
        }
        return stream;
    }

    /** How many pages listen. */
    public int streams() {
        return tail.size();
    }

    @Override
    public void start() {
        running = true;
        tail.start();
    }

    /** Before the web server waits for requests that are under way: a stream would be one until its time is over. */
    @Override
    public void stop() {
        running = false;
        tail.stop();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** A context that a test run puts aside could not take its work up again. */
    @Override
    public boolean isPauseable() {
        return false;
    }
}
