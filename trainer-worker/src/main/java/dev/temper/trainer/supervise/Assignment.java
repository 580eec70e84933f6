package dev.temper.trainer.supervise;

import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What a run is given.
 *
 * @param spec what to do, in the kind's own form
 * @param attempt counted from 1
 * @param devices ids of those that are the run's
 * @param folder its own; what an earlier attempt left in it, its checkpoints among them, is there
 */
public record Assignment(JsonNode spec, int attempt, List<String> devices, Path folder) {
    public Assignment {
        devices = List.copyOf(devices);
    }
}
