package dev.temper.web.compute;

import dev.temper.platform.scheduling.WaitView;
import dev.temper.web.shell.Formats;
import dev.temper.web.shell.Moment;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** The sentence that says why a job waits: whose limit it is, and what would release it. */
@Component
public class WaitWords {
    /** For each reason the facts that its sentence names, in its order. */
    private static final Map<String, List<String>> FACTS = Map.ofEntries(
            Map.entry("devices_busy", List.of("needed", "free", "largestFree")),
            Map.entry("kept_for_job_ahead", List.of("needed", "until")),
            Map.entry("room_being_made", List.of("needed", "leaving")),
            Map.entry("reserved", List.of("needed", "reserved", "starts", "ends")),
            Map.entry("tenant_ceiling", List.of("needed", "held", "ceiling")),
            Map.entry("user_ceiling", List.of("needed", "held", "ceiling")),
            Map.entry("max_jobs", List.of("running", "maxJobs")),
            Map.entry("budget_spent", List.of("renews")),
            Map.entry("resting", List.of("until")),
            Map.entry("nodes_unavailable", List.of("needed", "largestOpen", "largestOnceBack")),
            Map.entry("no_node_can", List.of("kind")),
            Map.entry("never_fits", List.of("needed", "largestPossible")));

    private final MessageSource words;

    WaitWords(MessageSource words) {
        this.words = words;
    }

    public String say(WaitView wait, Formats formats, Locale locale) {
        Object[] args = FACTS.getOrDefault(wait.code(), List.of()).stream()
                .map(fact -> shown(wait.facts().get(fact), formats))
                .toArray();
        return Objects.requireNonNull(words.getMessage("waits." + wait.code(), args, wait.code(), locale));
    }

    private static Object shown(@Nullable Object fact, Formats formats) {
        if (fact instanceof Number number) {
            return number;
        }
        try {
            Moment moment = fact == null ? null : formats.moment(Instant.parse(fact.toString()));
            return moment == null ? "–" : moment.text();
        } catch (DateTimeException notATime) {
            return String.valueOf(fact);
        }
    }
}
