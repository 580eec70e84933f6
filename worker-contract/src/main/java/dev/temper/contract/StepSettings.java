package dev.temper.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Everything in a spec that decides on the steps of its run: two that agree in it take the same steps on the same rows and
 * model, so that one can go on from the other's checkpoint.
 */
public final class StepSettings {
    /** How long it is trained: going on for longer takes nothing back of what was done. */
    private static final Set<String> LENGTH = Set.of("schedule.numTrainEpochs", "schedule.maxSteps");

    private StepSettings() {}

    /** Flat, by key. Where things lie, and how fast they are done, is free. */
    public static Map<String, String> of(RunSpec spec) {
        ObjectNode tree = (ObjectNode) JsonMapper.shared().readTree(RunSpecJson.write(spec));
        tree.remove(List.of("name", "output", "checkpoints", "evaluation"));
        ((ObjectNode) tree.get("model")).remove(List.of("path", "name", "adapter"));
        ((ObjectNode) tree.get("data")).remove(List.of("train", "evaluation"));
        ((ObjectNode) tree.get("compute")).remove(List.of("threads", "memoryBudget", "gradientCheckpointing"));
        Map<String, String> settings = new TreeMap<>();
        flatten("", tree, settings);
        return settings;
    }

    private static void flatten(String path, JsonNode node, Map<String, String> to) {
        if (node.isObject()) {
            node.properties()
                    .forEach(entry -> flatten(
                            path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(), entry.getValue(), to));
        } else {
            to.put(path, node.toString());
        }
    }

    /** Why one run can't go on from another's checkpoint, a sentence for each setting; how long they are may differ. */
    public static List<String> differences(Map<String, String> was, Map<String, String> is) {
        Set<String> keys = new TreeSet<>(was.keySet());
        keys.addAll(is.keySet());
        List<String> differences = new ArrayList<>();
        for (String key : keys) {
            if (!LENGTH.contains(key) && !Objects.equals(was.get(key), is.get(key))) {
                differences.add(key + " was " + was.get(key) + " and is " + is.get(key));
            }
        }
        return differences;
    }
}
