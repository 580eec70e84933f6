package dev.temper.platform.advisor;

import dev.temper.contract.MethodSpec;
import dev.temper.contract.RunSpec;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** How many tokens a second a device goes through, computed from what a token costs and what the device is known to do. */
public final class Speed {
    private static final double TERA = 1e12;

    /** Of its peak, what a training gets out of a card. */
    private static final double USEFUL = 0.35;

    private static final double CPU = 0.2 * TERA;
    private static final double CPU_BF16 = 0.5 * TERA;
    private static final double UNKNOWN_CARD = 60;

    /** Peaks of cards in bf16, dense, in TFLOP/s, by a part of their name. */
    private static final Map<String, Double> CARDS = Map.ofEntries(
            Map.entry("b200", 2250.0),
            Map.entry("h200", 989.0),
            Map.entry("h100", 989.0),
            Map.entry("h800", 989.0),
            Map.entry("h20", 148.0),
            Map.entry("a100", 312.0),
            Map.entry("a800", 312.0),
            Map.entry("l40", 181.0),
            Map.entry("a10", 125.0),
            Map.entry("4090", 165.0),
            Map.entry("3090", 71.0),
            Map.entry("t4", 65.0));

    private Speed() {}

    /** What a token costs: forward, gradients of what it passes through, gradients of the weights that learn. */
    static double operations(RunSpec spec, long parameters, int layers) {
        double all = 2.0 * parameters;
        return switch (spec.method()) {
            case MethodSpec.Full _ -> 3 * all;
            case MethodSpec.Lora _, MethodSpec.Ia3 _ -> 2 * all;
            case MethodSpec.Partial partial -> {
                int trained = partial.freezeTrainableLayers();
                yield trained < 0 ? 3 * all : all + 2 * all * Math.min(1, (double) trained / Math.max(1, layers));
            }
        };
    }

    /**
     * Tokens a second on one card or CPU; empty for what only pretends to be one.
     *
     * @param kind as in {@code CPU}, {@code NVIDIA}
     */
    public static OptionalDouble of(RunSpec spec, Situation.Model model, String kind, String device, boolean bf16) {
        double operations = operations(spec, model.parameters(), model.layers());
        return switch (kind) {
            case "CPU" -> OptionalDouble.of((bf16 ? CPU_BF16 : CPU) / operations);
            case "NVIDIA" -> OptionalDouble.of(USEFUL * peak(device) * TERA / operations);
            default -> OptionalDouble.empty();
        };
    }

    private static double peak(String device) {
        String name = device.toLowerCase(Locale.ROOT);
        return CARDS.entrySet().stream()
                .filter(card -> name.contains(card.getKey()))
                .max(Map.Entry.comparingByKey((a, b) -> Integer.compare(a.length(), b.length())))
                .map(Map.Entry::getValue)
                .orElse(UNKNOWN_CARD);
    }
}
