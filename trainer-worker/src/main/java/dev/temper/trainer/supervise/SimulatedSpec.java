package dev.temper.trainer.supervise;

import dev.temper.contract.CodedException;
import dev.temper.contract.link.Failure;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a simulated run is to do.
 *
 * @param steps how many
 * @param stepMillis how long each takes
 * @param checkpointEvery how many steps; 0 for none but those that are asked for
 * @param seed of its numbers
 * @param failAt before which step it fails; 0 for never
 * @param failAttempts how many attempts fail there, the first ones
 * @param cause whose failure it is then; the platform's own if none is said
 */
record SimulatedSpec(
        int steps,
        int stepMillis,
        int checkpointEvery,
        long seed,
        int failAt,
        int failAttempts,
        Failure.@Nullable Cause cause) {
    private static final int MOST_STEPS = 10_000_000;
    private static final int LONGEST_STEP = 3_600_000;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    SimulatedSpec {
        within("steps", steps, 1, MOST_STEPS);
        within("stepMillis", stepMillis, 0, LONGEST_STEP);
        within("checkpointEvery", checkpointEvery, 0, MOST_STEPS);
        within("failAt", failAt, 0, MOST_STEPS);
        within("failAttempts", failAttempts, 0, 1_000);
    }

    /** @throws CodedException {@code simulated_spec_invalid} */
    static SimulatedSpec read(JsonNode json) {
        try {
            return MAPPER.treeToValue(json, SimulatedSpec.class);
        } catch (JacksonException e) {
            throw e.getCause() instanceof CodedException coded
                    ? coded
                    : invalid("It can't be read: " + e.getOriginalMessage()).because(e);
        }
    }

    boolean failsBefore(int step, int attempt) {
        return step == failAt && attempt <= failAttempts;
    }

    private static void within(String field, int value, int least, int most) {
        if (value < least || value > most) {
            throw invalid("%s is %d, not from %d to %d.".formatted(field, value, least, most));
        }
    }

    private static CodedException invalid(String what) {
        return CodedException.user(
                "simulated_spec_invalid",
                "The spec of the simulated run is wrong. " + what,
                "Give steps, and as you like stepMillis, checkpointEvery, seed, failAt, failAttempts and cause.");
    }
}
