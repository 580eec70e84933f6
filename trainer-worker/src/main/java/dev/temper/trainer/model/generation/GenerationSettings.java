package dev.temper.trainer.model.generation;

import dev.temper.contract.CodedException;
import java.util.List;
import java.util.Set;

/**
 * How texts are continued.
 *
 * @param maxNewTokens where a continuation is cut off
 * @param temperature what logits are divided by; 0 takes the likeliest token always
 * @param topP only the likeliest tokens whose probabilities add up to this are drawn from; 1 for all
 * @param topK only so many of the likeliest tokens are drawn from; 0 for all
 * @param repetitionPenalty what logits of tokens already there are divided by (multiplied where negative); 1 for none
 * @param stopIds tokens that end a text and do not belong to it
 * @param stopStrings strings that end a text and do not belong to it
 * @param seed two runs with the same seed draw the same
 */
public record GenerationSettings(
        int maxNewTokens,
        double temperature,
        double topP,
        int topK,
        double repetitionPenalty,
        Set<Integer> stopIds,
        List<String> stopStrings,
        long seed) {
    public GenerationSettings {
        stopIds = Set.copyOf(stopIds);
        stopStrings = List.copyOf(stopStrings);
        require(maxNewTokens > 0, "max_new_tokens", maxNewTokens, "at least 1");
        require(temperature >= 0 && temperature < 100, "temperature", temperature, "from 0 to below 100");
        require(topP > 0 && topP <= 1, "top_p", topP, "above 0 and at most 1");
        require(topK >= 0, "top_k", topK, "0 or more");
        require(repetitionPenalty > 0, "repetition_penalty", repetitionPenalty, "above 0");
        require(stopStrings.stream().noneMatch(String::isEmpty), "stop", "\"\"", "not empty");
    }

    /** The likeliest token, always. */
    public static GenerationSettings greedy(int maxNewTokens, Set<Integer> stopIds) {
        return new GenerationSettings(maxNewTokens, 0, 1, 0, 1, stopIds, List.of(), 0);
    }

    private static void require(boolean holds, String name, Object value, String due) {
        if (!holds) {
            throw CodedException.user(
                            "generation_setting_invalid",
                            "%s is %s; it has to be %s.".formatted(name, value, due),
                            "Change " + name + ".")
                    .with("setting", name);
        }
    }
}
