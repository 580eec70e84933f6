package dev.temper.trainer.run;

import dev.temper.contract.CodedException;
import dev.temper.contract.RunSpec;
import dev.temper.contract.RunSpecJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a run has to share with the one it goes on from, so that the steps to come are those it would have taken.
 *
 * @param settings everything in a spec that changes a step, flat by key
 * @param data fingerprint of the tokens
 * @param model fingerprint of the base model
 * @param tokenBudget of a micro-batch, as sums depend on their order
 * @param threads likewise
 */
record Identity(Map<String, String> settings, String data, String model, int tokenBudget, int threads) {
    static final String FILE = "identity.json";

    Identity {
        settings = Map.copyOf(settings);
    }

    static Identity of(RunSpec spec, String data, String model, int tokenBudget, int threads) {
        ObjectNode tree = (ObjectNode) JsonMapper.shared().readTree(RunSpecJson.write(spec));
        tree.remove(List.of("name", "output", "checkpoints", "evaluation"));
        // Where things lie, and how fast they are done, is free; the fingerprints tell what they are.
        ((ObjectNode) tree.get("model")).remove(List.of("path", "adapter"));
        ((ObjectNode) tree.get("data")).remove(List.of("train", "evaluation"));
        ((ObjectNode) tree.get("compute")).remove(List.of("threads", "memoryBudget", "gradientCheckpointing"));
        Map<String, String> settings = new TreeMap<>();
        flatten("", tree, settings);
        return new Identity(settings, data, model, tokenBudget, threads);
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

    /** Refuses to go on from a checkpoint of a run that was another one. */
    void requireSameAs(Identity checkpoint) {
        List<String> differences = new ArrayList<>();
        Map<String, String> keys = new TreeMap<>(settings);
        keys.putAll(checkpoint.settings);
        for (String key : keys.keySet()) {
            if (!Objects.equals(settings.get(key), checkpoint.settings.get(key))) {
                differences.add(key + " was " + checkpoint.settings.get(key) + " and is " + settings.get(key));
            }
        }
        if (!data.equals(checkpoint.data)) {
            differences.add("the training data, or how it is encoded, has changed");
        }
        if (!model.equals(checkpoint.model)) {
            differences.add("the base model has changed");
        }
        if (!differences.isEmpty()) {
            throw CodedException.user(
                            "resume_differs",
                            "The checkpoint belongs to another run: " + String.join("; ", differences) + ".",
                            "Restore these settings, or start a new run in another output folder.")
                    .with("differences", differences);
        }
    }
}
