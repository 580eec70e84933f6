package dev.temper.platform.job;

import dev.temper.contract.CodedException;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A run that computes nothing and behaves like a training, for trying out and for load. */
@Component
class SimulatedKind implements RunKind {
    private static final int MOST_STEPS = 10_000_000;

    @Override
    public String name() {
        return "simulated";
    }

    @Override
    public void check(String spec) {
        try {
            JsonNode steps = JsonMapper.shared().readTree(spec).path("steps");
            if (steps.isIntegralNumber() && steps.asLong() >= 1 && steps.asLong() <= MOST_STEPS) {
                return;
            }
        } catch (JacksonException _) {
            // Told below.
        }
        throw CodedException.user(
                "simulated_spec_invalid",
                "The spec of the simulated run does not say how many steps it has.",
                "Give steps, from 1 to " + MOST_STEPS
                        + ", and as you like stepMillis, checkpointEvery, seed, failAt, failAttempts and cause.");
    }
}
