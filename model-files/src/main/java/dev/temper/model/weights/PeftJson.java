package dev.temper.model.weights;

import dev.temper.contract.CodedException;
import dev.temper.model.weights.PeftConfig.Ia3;
import dev.temper.model.weights.PeftConfig.Lora;
import dev.temper.model.weights.PeftConfig.VirtualTokens;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON of a configuration, either way. */
final class PeftJson {
    private final ObjectNode node;
    private final String file;

    PeftJson(ObjectNode node, String file) {
        this.node = node;
        this.file = file;
    }

    PeftConfig config() {
        String type = node.path("peft_type").asString("");
        String base = node.path("base_model_name_or_path").asString("");
        return switch (type) {
            case "LORA" -> lora(base);
            case "IA3" -> new Ia3(base, strings("target_modules"), strings("feedforward_modules"));
            case "PROMPT_TUNING" -> virtualTokens(base, VirtualTokens.Kind.PROMPT);
            case "PREFIX_TUNING" -> virtualTokens(base, VirtualTokens.Kind.PREFIX);
            default -> throw unsupported("peft_type", type);
        };
    }

    private Lora lora(String base) {
        refuseUnless("bias", "none");
        refuseUnless("fan_in_fan_out", "false");
        refuseUnless("lora_bias", "false");
        refuseUnless("use_qalora", "false");
        for (String key : List.of("layer_replication", "target_parameters", "trainable_token_indices")) {
            if (!absent(node.path(key))) {
                throw unsupported(key, node.path(key).toString());
            }
        }
        int rank = whole("r");
        if (rank < 1) {
            throw PeftConfig.invalid(file, "r is " + rank);
        }
        return new Lora(
                base,
                rank,
                number(node.path("lora_alpha"), "lora_alpha"),
                absent(node.path("lora_dropout")) ? 0 : number(node.path("lora_dropout"), "lora_dropout"),
                node.path("use_rslora").asBoolean(false),
                node.path("use_dora").asBoolean(false),
                strings("target_modules"),
                pattern("rank_pattern", each -> (int) number(each, "rank_pattern")),
                pattern("alpha_pattern", each -> number(each, "alpha_pattern")),
                layers(),
                strings("modules_to_save"));
    }

    private List<Integer> layers() {
        JsonNode value = node.path("layers_to_transform");
        if (absent(value)) {
            return List.of();
        }
        if (value.isArray()) {
            return value.valueStream()
                    .map(each -> (int) number(each, "layers_to_transform"))
                    .toList();
        }
        return List.of((int) number(value, "layers_to_transform"));
    }

    private VirtualTokens virtualTokens(String base, VirtualTokens.Kind kind) {
        if (node.path("prefix_projection").asBoolean(false)) {
            throw unsupported("prefix_projection", "true");
        }
        Optional<Integer> encoderWidth =
                absent(node.path("encoder_hidden_size")) ? Optional.empty() : Optional.of(whole("encoder_hidden_size"));
        return new VirtualTokens(
                base,
                kind,
                whole("num_virtual_tokens"),
                whole("token_dim"),
                whole("num_layers"),
                whole("num_attention_heads"),
                encoderWidth);
    }

    private <T> Map<String, T> pattern(String key, Function<JsonNode, T> read) {
        Map<String, T> result = new TreeMap<>();
        node.path(key).properties().forEach(entry -> result.put(entry.getKey(), read.apply(entry.getValue())));
        return result;
    }

    private List<String> strings(String key) {
        JsonNode value = node.path(key);
        if (absent(value)) {
            return List.of();
        }
        if (value.isString()) {
            return List.of(value.stringValue());
        }
        if (!value.isArray() || value.valueStream().anyMatch(each -> !each.isString())) {
            throw PeftConfig.invalid(file, "%s is %s".formatted(key, value));
        }
        return value.valueStream().map(JsonNode::stringValue).toList();
    }

    private int whole(String key) {
        return (int) number(node.path(key), key);
    }

    private double number(JsonNode value, String key) {
        if (!value.isNumber()) {
            throw PeftConfig.invalid(file, "%s is %s".formatted(key, value.isMissingNode() ? "missing" : value));
        }
        return value.doubleValue();
    }

    private void refuseUnless(String key, String accepted) {
        JsonNode value = node.path(key);
        if (!absent(value) && !value.asString("").equals(accepted)) {
            throw unsupported(key, value.toString());
        }
    }

    private static boolean absent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private CodedException unsupported(String key, String value) {
        return CodedException.user(
                        "adapter_option_unsupported",
                        "%s sets %s to %s, which is not computed here.".formatted(file, key, value),
                        "Use a LoRA, rsLoRA, DoRA, IA3, prompt or prefix adapter without this option.")
                .with("option", key);
    }

    static ObjectNode node(PeftConfig config) {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.putNull("auto_mapping");
        node.put("inference_mode", true);
        node.putNull("revision");
        node.put("task_type", "CAUSAL_LM");
        if (config.base().isEmpty()) {
            node.putNull("base_model_name_or_path");
        } else {
            node.put("base_model_name_or_path", config.base());
        }
        switch (config) {
            case Lora lora -> put(node, lora);
            case VirtualTokens tokens -> put(node, tokens);
            case Ia3 ia3 -> put(node, ia3);
        }
        return node;
    }

    private static void put(ObjectNode node, Lora lora) {
        node.put("peft_type", "LORA");
        node.put("r", lora.rank());
        putNumber(node, "lora_alpha", lora.alpha());
        node.put("lora_dropout", lora.dropout());
        node.put("bias", "none");
        node.put("fan_in_fan_out", false);
        node.put("init_lora_weights", true);
        node.put("use_rslora", lora.rankStabilised());
        node.put("use_dora", lora.dora());
        putAll(node, "target_modules", lora.targets());
        putAll(node, "modules_to_save", lora.modulesToSave());
        ObjectNode ranks = node.putObject("rank_pattern");
        new TreeMap<>(lora.rankPattern()).forEach(ranks::put);
        ObjectNode alphas = node.putObject("alpha_pattern");
        new TreeMap<>(lora.alphaPattern()).forEach((key, alpha) -> putNumber(alphas, key, alpha));
        node.putNull("layers_pattern");
        if (lora.layers().isEmpty()) {
            node.putNull("layers_to_transform");
        } else {
            ArrayNode layers = node.putArray("layers_to_transform");
            lora.layers().forEach(layers::add);
        }
    }

    private static void put(ObjectNode node, VirtualTokens tokens) {
        node.put("peft_type", tokens.kind() == VirtualTokens.Kind.PREFIX ? "PREFIX_TUNING" : "PROMPT_TUNING");
        node.put("num_virtual_tokens", tokens.tokens());
        node.put("token_dim", tokens.tokenWidth());
        node.put("num_layers", tokens.layers());
        node.put("num_attention_heads", tokens.heads());
        node.put("num_transformer_submodules", 1);
        if (tokens.kind() == VirtualTokens.Kind.PREFIX) {
            node.put("encoder_hidden_size", tokens.encoderWidth().orElse(tokens.tokenWidth()));
            node.put("prefix_projection", false);
        } else {
            node.put("prompt_tuning_init", "RANDOM");
            node.putNull("prompt_tuning_init_text");
            node.putNull("tokenizer_name_or_path");
        }
    }

    private static void put(ObjectNode node, Ia3 ia3) {
        node.put("peft_type", "IA3");
        node.put("fan_in_fan_out", false);
        node.put("init_ia3_weights", true);
        node.putNull("modules_to_save");
        putAll(node, "target_modules", ia3.targets());
        putAll(node, "feedforward_modules", ia3.feedForward());
    }

    private static void putAll(ObjectNode node, String key, List<String> values) {
        if (values.isEmpty()) {
            node.putNull(key);
        } else {
            ArrayNode array = node.putArray(key);
            values.stream().sorted().forEach(array::add);
        }
    }

    /** PEFT writes a whole alpha without a point. */
    private static void putNumber(ObjectNode node, String key, double value) {
        if (value == Math.rint(value)) {
            node.put(key, (long) value);
        } else {
            node.put(key, value);
        }
    }
}
