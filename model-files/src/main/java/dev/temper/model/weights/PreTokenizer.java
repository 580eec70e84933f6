package dev.temper.model.weights;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How byte-level tokenizers cut text into words before merging, under the name llama.cpp gives each way in
 * {@code tokenizer.ggml.pre}. Both formats must say the same: a GGUF file holds only the name, a {@code tokenizer.json}
 * only the rules.
 */
enum PreTokenizer {
    LLAMA3(
            "llama-bpe llama3 llama-v3 falcon3",
            "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
            false,
            true),
    QWEN2(
            "qwen2 deepseek-r1-qwen",
            "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
            true,
            false),
    TEKKEN(
            "tekken",
            "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
            false,
            true),
    /** Every digit stands alone, the rest is cut as GPT-2 does. */
    SMOLLM("smollm starcoder refact command-r", "", false, false),
    GPT2("gpt-2 mpt olmo jais", "", false, false);

    /** Separated by spaces; the first is the one that is written. */
    private final String ggufNames;

    private final String split;
    private final boolean composes;
    private final boolean ignoresMerges;

    PreTokenizer(String ggufNames, String split, boolean composes, boolean ignoresMerges) {
        this.ggufNames = ggufNames;
        this.split = split;
        this.composes = composes;
        this.ignoresMerges = ignoresMerges;
    }

    static Optional<PreTokenizer> ofGguf(String name) {
        return Arrays.stream(values())
                .filter(each -> (" " + each.ggufNames + " ").contains(" " + name + " "))
                .findFirst();
    }

    /** The one a {@code tokenizer.json} means; empty where llama.cpp has no name for it. */
    static Optional<PreTokenizer> ofTokenizer(JsonNode tokenizer) {
        List<String> rules = rules(tokenizer.path("pre_tokenizer"));
        return Arrays.stream(values())
                .filter(each -> rules(each.toJson()).equals(rules))
                .findFirst();
    }

    /** What decides where words end, in order, whatever else the JSON says. */
    private static List<String> rules(JsonNode node) {
        if (node.path("type").asString("").equals("Sequence")) {
            return node.path("pretokenizers")
                    .valueStream()
                    .flatMap(each -> rules(each).stream())
                    .toList();
        }
        return switch (node.path("type").asString("")) {
            case "Split" ->
                List.of("split " + node.path("pattern").path("Regex").asString("?")
                        + node.path("behavior").asString("?")
                        + node.path("invert").asBoolean(false));
            case "Digits" -> List.of("digits " + node.path("individual_digits").asBoolean(false));
            case "ByteLevel" ->
                List.of("bytes %s %s"
                        .formatted(
                                node.path("add_prefix_space").asBoolean(false),
                                node.path("use_regex").asBoolean(true)));
            default -> List.of("other " + node);
        };
    }

    String ggufName() {
        int space = ggufNames.indexOf(' ');
        return space < 0 ? ggufNames : ggufNames.substring(0, space);
    }

    /** Whether text is brought into Unicode's composed form first. */
    boolean composes() {
        return composes;
    }

    /** Whether a word that is a token as a whole is taken as it is. */
    boolean ignoresMerges() {
        return ignoresMerges;
    }

    /** Whether llama.cpp puts the begin token first unless the file says otherwise. */
    boolean beginsByDefault() {
        return this == LLAMA3 || this == TEKKEN;
    }

    /** The {@code pre_tokenizer} of a {@code tokenizer.json}. */
    ObjectNode toJson() {
        ObjectNode bytes = object("ByteLevel");
        bytes.put("add_prefix_space", false);
        bytes.put("trim_offsets", true);
        bytes.put("use_regex", split.isEmpty());
        if (this == GPT2) {
            return bytes;
        }
        ObjectNode first;
        if (split.isEmpty()) {
            first = object("Digits");
            first.put("individual_digits", true);
        } else {
            first = object("Split");
            first.putObject("pattern").put("Regex", split);
            first.put("behavior", "Isolated");
            first.put("invert", false);
        }
        ObjectNode sequence = object("Sequence");
        ArrayNode parts = sequence.putArray("pretokenizers");
        parts.add(first).add(bytes);
        return sequence;
    }

    static ObjectNode object(String type) {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("type", type);
        return node;
    }
}
