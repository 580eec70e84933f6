package dev.temper.web.task;

import dev.temper.platform.job.JobEvent;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The last lines that a run told. */
final class Log {
    private static final int SHOWN = 200;
    private static final JsonMapper JSON = JsonMapper.shared();

    private Log() {}

    static List<String> of(List<JobEvent> events) {
        List<String> lines = events.stream()
                .filter(event -> event.type().equals("log") || event.type().equals("notice"))
                .flatMap(Log::lines)
                .toList();
        return lines.subList(Math.max(0, lines.size() - SHOWN), lines.size());
    }

    private static Stream<String> lines(JobEvent event) {
        JsonNode body = JSON.readTree(event.body());
        return body.has("lines")
                ? body.path("lines").valueStream().map(line -> line.asString(""))
                : Stream.of(body.path("text").asString(""));
    }
}
