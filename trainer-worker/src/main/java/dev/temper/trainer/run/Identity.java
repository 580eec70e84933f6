package dev.temper.trainer.run;

import dev.temper.contract.CodedException;
import dev.temper.contract.RunSpec;
import dev.temper.contract.StepSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
        return new Identity(StepSettings.of(spec), data, model, tokenBudget, threads);
    }

    /** Refuses to go on from a checkpoint of a run that was another one, but for how long it was to be. */
    void requireSameAs(Identity checkpoint) {
        List<String> differences = new ArrayList<>(StepSettings.differences(checkpoint.settings, settings));
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
