package dev.temper.model.weights;

import dev.temper.contract.CodedException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.databind.node.ObjectNode;

/** {@code adapter_config.json}: which kind of adapter it is and how it was made. */
public sealed interface PeftConfig {
    /** The base model's name or path; empty where it is not known. */
    String base();

    /** The file's text as PEFT writes it: keys sorted, two spaces of indentation. */
    default String toJson() {
        return PythonJson.write(PeftJson.node(this), true);
    }

    /**
     * LoRA, rsLoRA and DoRA.
     *
     * @param targets modules by the end of their names; one that is a pattern or {@code all-linear} as PEFT reads it
     * @param rankPattern ranks of modules that differ, by pattern
     * @param alphaPattern the same for alpha
     * @param layers only these layers are adapted; empty for all
     * @param modulesToSave modules trained whole and saved beside
     */
    record Lora(
            String base,
            int rank,
            double alpha,
            double dropout,
            boolean rankStabilised,
            boolean dora,
            List<String> targets,
            Map<String, Integer> rankPattern,
            Map<String, Double> alphaPattern,
            List<Integer> layers,
            List<String> modulesToSave)
            implements PeftConfig {
        public Lora {
            targets = List.copyOf(targets);
            rankPattern = Map.copyOf(rankPattern);
            alphaPattern = Map.copyOf(alphaPattern);
            layers = List.copyOf(layers);
            modulesToSave = List.copyOf(modulesToSave);
        }

        /** What the low-rank product of a module of this rank is multiplied by. */
        public double scale(String module, int rankOfModule) {
            double own = matching(alphaPattern, module).orElse(alpha);
            return own / (rankStabilised ? Math.sqrt(rankOfModule) : rankOfModule);
        }

        /** The rank a module gets. */
        public int rank(String module) {
            return matching(rankPattern, module).orElse(rank);
        }

        private static <T> Optional<T> matching(Map<String, T> patterns, String module) {
            return new TreeMap<>(patterns)
                    .entrySet().stream()
                            .filter(entry -> matches(entry.getKey(), module))
                            .map(Map.Entry::getValue)
                            .findFirst();
        }

        private static boolean matches(String pattern, String module) {
            try {
                return Pattern.compile("(.*\\.)?(" + pattern + ")")
                        .matcher(module)
                        .matches();
            } catch (PatternSyntaxException e) {
                throw invalid(PeftFolder.CONFIG, "\"%s\" is not a pattern".formatted(pattern))
                        .because(e);
            }
        }
    }

    /** Trained vectors before the input (prompt tuning), or before every layer's keys and values (prefix tuning). */
    record VirtualTokens(
            String base, Kind kind, int tokens, int tokenWidth, int layers, int heads, Optional<Integer> encoderWidth)
            implements PeftConfig {
        /** Where the vectors stand. */
        public enum Kind {
            PROMPT,
            PREFIX
        }
    }

    /** IA³: keys, values and feed-forward inputs multiplied by trained vectors. */
    record Ia3(String base, List<String> targets, List<String> feedForward) implements PeftConfig {
        public Ia3 {
            targets = List.copyOf(targets);
            feedForward = List.copyOf(feedForward);
        }
    }

    static PeftConfig of(ObjectNode node, String file) {
        return new PeftJson(node, file).config();
    }

    static CodedException invalid(String file, String what) {
        return CodedException.user(
                "adapter_config_invalid",
                "%s is not an adapter's configuration: %s.".formatted(file, what),
                "Use a folder that PEFT or this trainer saved.");
    }
}
