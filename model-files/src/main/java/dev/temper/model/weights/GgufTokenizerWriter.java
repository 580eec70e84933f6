package dev.temper.model.weights;

import dev.temper.contract.CodedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A Hugging Face tokenizer as metadata of a GGUF file, so that llama.cpp cuts text into the same tokens. */
final class GgufTokenizerWriter {
    private final JsonNode tokenizer;
    private final JsonNode config;
    private final String template;
    private final String[] tokens;
    private final int[] types;

    private GgufTokenizerWriter(Map<String, byte[]> files, int vocabulary) {
        byte @Nullable [] json = files.get("tokenizer.json");
        if (json == null) {
            throw CodedException.user(
                    "tokenizer_missing",
                    "The model has no tokenizer.json, and a GGUF file must hold the tokenizer.",
                    "Add the tokenizer's files to the model folder.");
        }
        this.tokenizer = JsonMapper.shared().readTree(json);
        byte @Nullable [] settings = files.get("tokenizer_config.json");
        this.config = settings == null
                ? JsonMapper.shared().createObjectNode()
                : JsonMapper.shared().readTree(settings);
        byte @Nullable [] jinja = files.get("chat_template.jinja");
        this.template = jinja == null ? templateOf(config) : new String(jinja, StandardCharsets.UTF_8);
        this.tokens = new String[vocabulary];
        this.types = new int[vocabulary];
        collectTokens();
    }

    /** Adds the tokenizer's keys. The list of tokens is as long as the embedding has rows. */
    static void put(Map<String, byte[]> files, int vocabulary, Map<String, GgufValue> metadata) {
        new GgufTokenizerWriter(files, vocabulary).put(metadata);
    }

    private static String templateOf(JsonNode config) {
        JsonNode template = config.path("chat_template");
        if (!template.isArray()) {
            return template.asString("");
        }
        return template.valueStream()
                .filter(each -> each.path("name").asString("").equals("default"))
                .map(each -> each.path("template").asString(""))
                .findFirst()
                .orElse("");
    }

    private void collectTokens() {
        tokenizer
                .path("model")
                .path("vocab")
                .properties()
                .forEach(entry -> set(entry.getValue().asInt(-1), entry.getKey(), GgufTokenizer.NORMAL));
        for (JsonNode added : tokenizer.path("added_tokens")) {
            set(
                    added.path("id").asInt(-1),
                    added.path("content").asString(""),
                    added.path("special").asBoolean(false) ? GgufTokenizer.CONTROL : GgufTokenizer.USER_DEFINED);
        }
        for (int id = 0; id < tokens.length; id++) {
            if (types[id] == 0) {
                set(id, "[PAD%d]".formatted(id), GgufTokenizer.UNUSED);
            }
        }
    }

    private void set(int id, String token, int type) {
        if (id < 0 || id >= tokens.length) {
            throw CodedException.user(
                    "tokenizer_does_not_fit",
                    "The tokenizer gives \"%s\" the id %d, and the model's vocabulary has %d."
                            .formatted(token, id, tokens.length),
                    "Use the tokenizer that came with the model, or resize the embedding.");
        }
        tokens[id] = token;
        types[id] = type;
    }

    private void put(Map<String, GgufValue> metadata) {
        if (!tokenizer.path("model").path("type").asString("").equals("BPE")) {
            throw unsupported("a model of type " + tokenizer.path("model").path("type"));
        }
        Optional<PreTokenizer> pre = PreTokenizer.ofTokenizer(tokenizer);
        if (pre.isPresent()) {
            metadata.put("tokenizer.ggml.model", new GgufValue.Text("gpt2"));
            metadata.put("tokenizer.ggml.pre", new GgufValue.Text(pre.get().ggufName()));
            putTokens(metadata);
            metadata.put("tokenizer.ggml.merges", texts(merges().map(pair -> pair.left() + " " + pair.right())));
        } else if (replacesSpaces(tokenizer.path("normalizer"))) {
            putSentencePiece(metadata);
        } else {
            throw unsupported("rules for cutting words that llama.cpp has no name for: %s"
                    .formatted(tokenizer.path("pre_tokenizer")));
        }
        putSpecialTokens(metadata);
        if (!template.isEmpty()) {
            metadata.put("tokenizer.chat_template", new GgufValue.Text(template));
        }
    }

    private static boolean replacesSpaces(JsonNode normalizer) {
        return normalizer.path("content").asString("").equals("\u2581")
                || normalizer.path("normalizers").valueStream().anyMatch(GgufTokenizerWriter::replacesSpaces);
    }

    private static boolean prependsSpace(JsonNode normalizer) {
        return normalizer.path("prepend").asString("").equals("\u2581")
                || normalizer.path("normalizers").valueStream().anyMatch(GgufTokenizerWriter::prependsSpace);
    }

    private record Merge(String left, String right) {}

    private Stream<Merge> merges() {
        return tokenizer.path("model").path("merges").valueStream().map(merge -> {
            if (merge.isArray() && merge.size() == 2) {
                return new Merge(merge.get(0).asString(""), merge.get(1).asString(""));
            }
            String text = merge.asString("");
            int space = text.indexOf(' ', 1);
            if (space < 0) {
                throw unsupported("the merge " + merge);
            }
            return new Merge(text.substring(0, space), text.substring(space + 1));
        });
    }

    private void putTokens(Map<String, GgufValue> metadata) {
        metadata.put("tokenizer.ggml.tokens", texts(Arrays.stream(tokens)));
        metadata.put(
                "tokenizer.ggml.token_type",
                new GgufValue.Many(
                        GgufType.INT32,
                        Arrays.stream(types)
                                .mapToObj(type -> (GgufValue) new GgufValue.Whole(GgufType.INT32, type))
                                .toList()));
    }

    /** llama.cpp merges the pair whose token scores best; the order of merges, counted down, is such a score. */
    private void putSentencePiece(Map<String, GgufValue> metadata) {
        metadata.put("tokenizer.ggml.model", new GgufValue.Text("llama"));
        metadata.put("tokenizer.ggml.pre", new GgufValue.Text("default"));
        Map<String, Integer> rank = new HashMap<>();
        merges().forEach(merge -> rank.putIfAbsent(merge.left() + merge.right(), rank.size()));
        String unknown = tokenizer.path("model").path("unk_token").asString("");
        List<GgufValue> scores = new ArrayList<>();
        for (int id = 0; id < tokens.length; id++) {
            if (tokens[id].matches("<0x[0-9A-F]{2}>")) {
                types[id] = GgufTokenizer.BYTE;
            } else if (tokens[id].equals(unknown)) {
                types[id] = GgufTokenizer.UNKNOWN;
            }
            scores.add(new GgufValue.Real(GgufType.FLOAT32, -rank.getOrDefault(tokens[id], rank.size())));
        }
        putTokens(metadata);
        metadata.put("tokenizer.ggml.scores", new GgufValue.Many(GgufType.FLOAT32, scores));
        metadata.put(
                "tokenizer.ggml.add_space_prefix", new GgufValue.Truth(prependsSpace(tokenizer.path("normalizer"))));
    }

    private void putSpecialTokens(Map<String, GgufValue> metadata) {
        putId(metadata, "bos", "bos_token");
        putId(metadata, "eos", "eos_token");
        putId(metadata, "unknown", "unk_token");
        putId(metadata, "padding", "pad_token");
        metadata.put("tokenizer.ggml.add_bos_token", new GgufValue.Truth(beginsWithSpecial()));
        metadata.put("tokenizer.ggml.add_eos_token", new GgufValue.Truth(false));
    }

    private void putId(Map<String, GgufValue> metadata, String ggufName, String key) {
        JsonNode node = config.path(key);
        String token = node.isObject() ? node.path("content").asString("") : node.asString("");
        for (int id = 0; id < tokens.length && !token.isEmpty(); id++) {
            if (tokens[id].equals(token)) {
                metadata.put(
                        "tokenizer.ggml.%s_token_id".formatted(ggufName), new GgufValue.Whole(GgufType.UINT32, id));
                return;
            }
        }
    }

    private boolean beginsWithSpecial() {
        return beginsWithSpecial(tokenizer.path("post_processor"));
    }

    private static boolean beginsWithSpecial(JsonNode processor) {
        return processor.path("single").path(0).has("SpecialToken")
                || processor.path("processors").valueStream().anyMatch(GgufTokenizerWriter::beginsWithSpecial);
    }

    private static GgufValue texts(Stream<String> texts) {
        return new GgufValue.Many(
                GgufType.STRING,
                texts.map(text -> (GgufValue) new GgufValue.Text(text)).toList());
    }

    private static CodedException unsupported(String what) {
        return CodedException.user(
                "tokenizer_unsupported",
                "The tokenizer has %s, which cannot be put into a GGUF file.".formatted(what),
                "Export a Hugging Face folder instead.");
    }
}
