package dev.temper.contract;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which weights are trained, and how. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = MethodSpec.Full.class, name = "full"),
    @JsonSubTypes.Type(value = MethodSpec.Lora.class, name = "lora"),
    @JsonSubTypes.Type(value = MethodSpec.Partial.class, name = "partial"),
    @JsonSubTypes.Type(value = MethodSpec.Ia3.class, name = "ia3")
})
public sealed interface MethodSpec {
    /** Every weight. */
    record Full() implements MethodSpec {}

    /** A factor for every key, every value and every number that goes into a layer's last projection (IA³, Liu et al., 2022). */
    record Ia3() implements MethodSpec {}

    /**
     * Low-rank adapters beside frozen projections (Hu et al., 2021).
     *
     * @param rank rows of A and columns of B
     * @param alpha the product is scaled by alpha/rank, or alpha/√rank with {@code useRslora}; absent, twice the rank
     * @param target names of projections such as {@code q_proj}, or {@code all}: every linear layer but the head
     * @param additionalTarget modules trained whole and saved with the adapter, such as {@code embed_tokens}
     * @param useDora decomposes weights into magnitude and direction (Liu et al., 2024)
     * @param loraplusLrRatio the learning rate of B over that of A (LoRA+, Hayou et al., 2024)
     * @param loraplusLrEmbedding the learning rate of adapters on embeddings where the ratio is given
     * @param createNewAdapter whether an adapter to go on with is merged and a new one begun
     */
    record Lora(
            int rank,
            @Nullable Double alpha,
            double dropout,
            List<String> target,
            List<String> additionalTarget,
            boolean useRslora,
            boolean useDora,
            @Nullable Double loraplusLrRatio,
            double loraplusLrEmbedding,
            boolean createNewAdapter)
            implements MethodSpec {
        public Lora {
            Check.atLeast("method.rank", rank, 1);
            if (alpha != null) {
                Check.positive("method.alpha", alpha);
            }
            Check.share("method.dropout", dropout);
            Check.notEmpty("method.target", target);
            if (loraplusLrRatio != null) {
                Check.positive("method.loraplusLrRatio", loraplusLrRatio);
            }
            Check.atLeast("method.loraplusLrEmbedding", loraplusLrEmbedding, 0);
            target = List.copyOf(target);
            additionalTarget = List.copyOf(additionalTarget);
        }

        public double effectiveAlpha() {
            return alpha == null ? 2.0 * rank : alpha;
        }

        /** What the product of B and A is multiplied by. */
        public double scale() {
            return effectiveAlpha() / (useRslora ? Math.sqrt(rank) : rank);
        }
    }

    /**
     * Some layers, or some modules of them; the rest is frozen.
     *
     * @param freezeTrainableLayers n &gt; 0: the last n layers, n &lt; 0: the first |n|
     * @param freezeTrainableModules names of modules inside those layers, or {@code all}
     * @param freezeExtraModules modules outside the layers: {@code embed_tokens}, {@code lm_head}, {@code norm}
     * @param cacheFrozenPrefix whether the frozen bottom runs once per sample for all epochs, kept on disk
     */
    record Partial(
            int freezeTrainableLayers,
            List<String> freezeTrainableModules,
            List<String> freezeExtraModules,
            boolean cacheFrozenPrefix)
            implements MethodSpec {
        public Partial {
            Check.notEmpty("method.freezeTrainableModules", freezeTrainableModules);
            freezeTrainableModules = List.copyOf(freezeTrainableModules);
            freezeExtraModules = List.copyOf(freezeExtraModules);
            if (freezeTrainableLayers == 0 && freezeExtraModules.isEmpty()) {
                throw Check.invalid(
                        "method.freezeTrainableLayers", "0", "a number of layers other than 0, or freezeExtraModules");
            }
        }
    }
}
