package dev.temper.model;

import dev.temper.model.weights.BaseModel;
import dev.temper.model.weights.ElementType;
import dev.temper.model.weights.GgufModel;
import dev.temper.model.weights.HuggingFaceFolder;
import dev.temper.model.weights.Weight;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a model is, as its files say: enough to judge a training of it without having them.
 *
 * @param parameters numbers in all its weights
 * @param bytes of the weights, by how they are stored
 */
public record ModelFacts(Format format, DecoderConfig config, long parameters, Map<ElementType, Long> bytes) {
    /** How its files are laid out. */
    public enum Format {
        HUGGING_FACE,
        GGUF
    }

    public ModelFacts {
        bytes = Map.copyOf(bytes);
    }

    public static ModelFacts of(BaseModel model) {
        Map<ElementType, Long> bytes = new EnumMap<>(ElementType.class);
        long parameters = 0;
        for (Weight weight : model.weights()) {
            long elements = weight.shape().elements();
            parameters += elements;
            bytes.merge(weight.type(), weight.type().bytes(elements), Long::sum);
        }
        Format format = switch (model) {
            case HuggingFaceFolder _ -> Format.HUGGING_FACE;
            case GgufModel _ -> Format.GGUF;
        };
        return new ModelFacts(format, model.config(), parameters, bytes);
    }

    /** Of all weights. */
    public long totalBytes() {
        return bytes.values().stream().mapToLong(Long::longValue).sum();
    }

    /** How most of it is stored. */
    public ElementType type() {
        return bytes.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(ElementType.F32);
    }

    /**
     * What of its files stays in memory beside the weights computed with: plain numbers of another width are widened
     * from where they lie, quantised ones are read once.
     *
     * @param bytesPerNumber of the type computed with
     */
    public long mappedBeside(int bytesPerNumber) {
        return bytes.entrySet().stream()
                .filter(stored ->
                        !stored.getKey().isQuantised() && stored.getKey().blockBytes() != bytesPerNumber)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
