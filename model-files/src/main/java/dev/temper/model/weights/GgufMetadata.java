package dev.temper.model.weights;

import dev.temper.contract.CodedException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Keys and values of a GGUF file, asked for by the type they should have. */
final class GgufMetadata {
    private final String file;
    private final Map<String, GgufValue> values = new LinkedHashMap<>();

    GgufMetadata(String file) {
        this.file = file;
    }

    void put(String key, GgufValue value) {
        if (values.putIfAbsent(key, value) != null) {
            throw GgufFile.malformed(file, "the key \"%s\" is there twice".formatted(key));
        }
    }

    Set<String> keys() {
        return values.keySet();
    }

    Optional<GgufValue> find(String key) {
        return Optional.ofNullable(values.get(key));
    }

    Optional<String> text(String key) {
        return find(key).map(value -> {
            if (value instanceof GgufValue.Text(String text)) {
                return text;
            }
            throw wrongType(key, value, "a string");
        });
    }

    OptionalInt whole(String key) {
        Optional<Integer> found = find(key).map(value -> {
            if (value instanceof GgufValue.Whole(GgufType _, long number)
                    && number >= Integer.MIN_VALUE
                    && number <= Integer.MAX_VALUE) {
                return (int) number;
            }
            throw wrongType(key, value, "one whole number");
        });
        return found.isPresent() ? OptionalInt.of(found.get()) : OptionalInt.empty();
    }

    int requiredWhole(String key) {
        return whole(key).orElseThrow(() -> missing(key));
    }

    double real(String key, double fallback) {
        return find(key)
                .map(value -> switch (value) {
                    // As somebody wrote it: the double nearest to a float32 0.00001 is another number.
                    case GgufValue.Real(GgufType type, double number) ->
                        type == GgufType.FLOAT32 ? Double.parseDouble(Float.toString((float) number)) : number;
                    case GgufValue.Whole(GgufType _, long number) -> (double) number;
                    default -> throw wrongType(key, value, "one number");
                })
                .orElse(fallback);
    }

    boolean truth(String key, boolean fallback) {
        return find(key)
                .map(value -> {
                    if (value instanceof GgufValue.Truth(boolean truth)) {
                        return truth;
                    }
                    throw wrongType(key, value, "true or false");
                })
                .orElse(fallback);
    }

    /** The elements of an array; empty where the key is absent. */
    List<GgufValue> many(String key) {
        return find(key)
                .map(value -> {
                    if (value instanceof GgufValue.Many(GgufType _, List<GgufValue> elements)) {
                        return elements;
                    }
                    throw wrongType(key, value, "an array");
                })
                .orElse(List.of());
    }

    List<String> texts(String key) {
        return many(key).stream()
                .map(value -> {
                    if (value instanceof GgufValue.Text(String text)) {
                        return text;
                    }
                    throw wrongType(key, value, "an array of strings");
                })
                .toList();
    }

    CodedException missing(String key) {
        return GgufFile.malformed(file, "the key \"%s\" is missing".formatted(key));
    }

    private CodedException wrongType(String key, GgufValue value, String wanted) {
        return GgufFile.malformed(
                file, "the key \"%s\" is of type %s where %s is due".formatted(key, value.type(), wanted));
    }
}
