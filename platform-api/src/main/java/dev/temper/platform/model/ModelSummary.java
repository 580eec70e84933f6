package dev.temper.platform.model;

import dev.temper.contract.DataSource;
import dev.temper.contract.Defaults;
import dev.temper.contract.MethodSpec;
import dev.temper.contract.RunSpec;
import dev.temper.model.DecoderConfig;
import dev.temper.model.ModelFacts;
import dev.temper.model.memory.MemoryEstimate;
import java.util.List;
import java.util.Locale;

/**
 * What a model's files say of it.
 *
 * @param architecture as Hugging Face calls it, as in {@code llama}
 * @param layers of its decoder
 * @param hiddenSize width between the layers
 * @param contextLength the most tokens it claims to take
 * @param dtype how most weights are stored, as in {@code BF16} or {@code Q4_1}
 * @param bytes of all weights as stored
 * @param chatTemplate whether it brings one of its own
 * @param memory what a training with default settings takes
 */
public record ModelSummary(
        String format,
        String architecture,
        long parameters,
        int layers,
        int hiddenSize,
        int vocabulary,
        int contextLength,
        String dtype,
        long bytes,
        boolean chatTemplate,
        List<Need> memory) {
    private static final int TOKENS = 2048;

    public ModelSummary {
        memory = List.copyOf(memory);
    }

    /**
     * What one method takes.
     *
     * @param method {@code lora} (rank 8 on every projection) or {@code full}
     * @param precision what is computed in: {@code bf16} or {@code fp32}
     * @param bytes with micro-batches of 2,048 tokens, nothing computed twice
     */
    public record Need(String method, String precision, long bytes) {}

    static ModelSummary of(ModelFacts facts, boolean chatTemplate) {
        DecoderConfig config = facts.config();
        return new ModelSummary(
                facts.format().name().toLowerCase(Locale.ROOT),
                config.family().modelType(),
                facts.parameters(),
                config.layers(),
                config.hidden(),
                config.vocabulary(),
                config.maxPositions(),
                facts.type().name(),
                facts.totalBytes(),
                chatTemplate,
                List.of(
                        need(facts, "lora", Defaults.lora(), "bf16", 2),
                        need(facts, "lora", Defaults.lora(), "fp32", 4),
                        need(facts, "full", new MethodSpec.Full(), "bf16", 2),
                        need(facts, "full", new MethodSpec.Full(), "fp32", 4)));
    }

    private static Need need(ModelFacts facts, String name, MethodSpec method, String precision, int bytes) {
        RunSpec run = Defaults.run(Defaults.model("-"), method, Defaults.data(List.of(DataSource.of("-"))));
        int tokens = Math.min(TOKENS, facts.config().maxPositions());
        return new Need(
                name, precision, MemoryEstimate.of(facts, run, bytes, tokens, 0).total());
    }
}
