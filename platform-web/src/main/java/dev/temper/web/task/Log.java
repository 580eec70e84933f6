package dev.temper.web.task;

import dev.temper.platform.job.JobEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The last lines that a run told, in their order.
 *
 * @param whole whether nothing was told before them
 */
record Log(List<String> lines, boolean whole) {
    private static final int SHOWN = 500;
    private static final int AT_ONCE = 500;
    private static final int MOST_READ = 20_000;
    private static final int LONGEST = 4_096;
    private static final Set<String> TOLD = Set.of("log", "notice");
    private static final JsonMapper JSON = JsonMapper.shared();

    Log {
        lines = List.copyOf(lines);
    }

    /** Where events come from: those before an id, newest first. */
    interface Source {
        List<JobEvent> before(long id, int limit);
    }

    /** @param part what the lines have to contain; empty for all */
    static Log of(Source source, String part) {
        String wanted = part.strip().toLowerCase(Locale.ROOT);
        Deque<String> lines = new ArrayDeque<>();
        long before = Long.MAX_VALUE;
        for (int read = 0; read < MOST_READ; ) {
            List<JobEvent> events = source.before(before, AT_ONCE);
            for (JobEvent event : events) {
                for (String line : TOLD.contains(event.type()) ? lines(event).reversed() : List.<String>of()) {
                    if (lines.size() == SHOWN) {
                        return new Log(List.copyOf(lines), false);
                    }
                    if (line.toLowerCase(Locale.ROOT).contains(wanted)) {
                        lines.addFirst(shown(line));
                    }
                }
            }
            if (events.size() < AT_ONCE) {
                return new Log(List.copyOf(lines), true);
            }
            read += events.size();
            before = events.getLast().id();
        }
        return new Log(List.copyOf(lines), false);
    }

    private static List<String> lines(JobEvent event) {
        JsonNode body = JSON.readTree(event.body());
        return body.has("lines")
                ? body.path("lines")
                        .valueStream()
                        .map(line -> line.asString(""))
                        .toList()
                : List.of(body.path("text").asString(""));
    }

    private static String shown(String line) {
        String cut = line.length() <= LONGEST ? line : line.substring(0, LONGEST) + " …";
        return cut.replaceAll("\u001b\\[[0-9;]*[A-Za-z]", "")
                .replaceAll("[\\p{Cntrl}&&[^\\t]]|[\u202a-\u202e\u2066-\u2069]", "�");
    }
}
