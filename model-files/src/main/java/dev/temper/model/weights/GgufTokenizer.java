package dev.temper.model.weights;

import dev.temper.contract.CodedException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes {@code tokenizer.json} and {@code tokenizer_config.json} from a GGUF file's metadata. The rules for cutting words
 * follow the file's {@code tokenizer.ggml.pre}, the special tokens its ids.
 */
final class GgufTokenizer {
    /** Kinds of tokens in {@code tokenizer.ggml.token_type}. */
    static final int NORMAL = 1;

    static final int UNKNOWN = 2;
    static final int CONTROL = 3;
    static final int USER_DEFINED = 4;
    static final int UNUSED = 5;
    static final int BYTE = 6;

    private static final String SPACE = "\u2581";

    private final GgufMetadata metadata;
    private final List<String> tokens;
    private final List<Integer> types;

    private GgufTokenizer(GgufMetadata metadata) {
        this.metadata = metadata;
        this.tokens = metadata.texts("tokenizer.ggml.tokens");
        this.types = metadata.many("tokenizer.ggml.token_type").stream()
                .map(value -> value instanceof GgufValue.Whole(GgufType _, long type) ? (int) type : NORMAL)
                .toList();
        if (tokens.isEmpty()) {
            throw metadata.missing("tokenizer.ggml.tokens");
        }
        if (!types.isEmpty() && types.size() != tokens.size()) {
            throw unsupported("%d token types for %d tokens".formatted(types.size(), tokens.size()));
        }
    }

    /** The two files, by name. */
    static Map<String, byte[]> files(GgufMetadata metadata) {
        GgufTokenizer tokenizer = new GgufTokenizer(metadata);
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("tokenizer.json", JsonMapper.shared().writeValueAsBytes(tokenizer.tokenizer()));
        files.put(
                "tokenizer_config.json",
                JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsBytes(tokenizer.config()));
        return files;
    }

    private ObjectNode tokenizer() {
        ObjectNode root = JsonMapper.shared().createObjectNode();
        root.put("version", "1.0");
        root.putNull("truncation");
        root.putNull("padding");
        root.set("added_tokens", addedTokens());
        String model = metadata.text("tokenizer.ggml.model").orElse("");
        switch (model) {
            case "gpt2" -> byteLevel(root);
            case "llama" -> sentencePiece(root);
            default -> throw unsupported("the model \"%s\"".formatted(model));
        }
        return root;
    }

    private ArrayNode addedTokens() {
        ArrayNode added = JsonMapper.shared().createArrayNode();
        for (int id = 0; id < tokens.size(); id++) {
            int type = type(id);
            if (type == CONTROL || type == USER_DEFINED || type == UNKNOWN) {
                ObjectNode token = added.addObject();
                token.put("id", id);
                token.put("content", tokens.get(id));
                for (String flag : List.of("single_word", "lstrip", "rstrip", "normalized")) {
                    token.put(flag, false);
                }
                token.put("special", type != USER_DEFINED);
            }
        }
        return added;
    }

    private int type(int id) {
        return types.isEmpty() ? NORMAL : types.get(id);
    }

    private void byteLevel(ObjectNode root) {
        String name = metadata.text("tokenizer.ggml.pre").orElse("");
        PreTokenizer pre =
                PreTokenizer.ofGguf(name).orElseThrow(() -> unsupported("the pre-tokenizer \"%s\"".formatted(name)));
        root.set("normalizer", pre.composes() ? PreTokenizer.object("NFC") : null);
        root.set("pre_tokenizer", pre.toJson());
        postProcessor(root, pre.beginsByDefault());
        ObjectNode decoder = PreTokenizer.object("ByteLevel");
        decoder.put("add_prefix_space", true);
        decoder.put("trim_offsets", true);
        decoder.put("use_regex", true);
        root.set("decoder", decoder);
        List<Merge> merges = new ArrayList<>();
        for (String merge : metadata.texts("tokenizer.ggml.merges")) {
            int space = merge.indexOf(' ', 1);
            if (space < 0) {
                throw unsupported("the merge \"%s\"".formatted(merge));
            }
            merges.add(new Merge(merge.substring(0, space), merge.substring(space + 1)));
        }
        model(root, merges, pre.ignoresMerges());
    }

    private record Merge(String left, String right) {}

    private void model(ObjectNode root, List<Merge> merges, boolean ignoresMerges) {
        Optional<String> unknown = token("tokenizer.ggml.unknown_token_id");
        ObjectNode model = root.putObject("model");
        model.put("type", "BPE");
        model.putNull("dropout");
        putOrNull(model, "unk_token", unknown);
        model.putNull("continuing_subword_prefix");
        model.putNull("end_of_word_suffix");
        model.put("fuse_unk", unknown.isPresent());
        model.put("byte_fallback", unknown.isPresent());
        model.put("ignore_merges", ignoresMerges);
        ObjectNode vocabulary = model.putObject("vocab");
        for (int id = 0; id < tokens.size(); id++) {
            vocabulary.put(tokens.get(id), id);
        }
        ArrayNode pairs = model.putArray("merges");
        for (Merge merge : merges) {
            pairs.addArray().add(merge.left()).add(merge.right());
        }
    }

    /** Llama 2's and Gemma's kind: spaces become visible, bytes without a token fall back to {@code <0x..>}. */
    private void sentencePiece(ObjectNode root) {
        boolean leadingSpace = metadata.truth("tokenizer.ggml.add_space_prefix", true);
        ObjectNode replace = PreTokenizer.object("Replace");
        replace.putObject("pattern").put("String", " ");
        replace.put("content", SPACE);
        if (leadingSpace) {
            ObjectNode sequence = PreTokenizer.object("Sequence");
            ObjectNode prepend = PreTokenizer.object("Prepend");
            prepend.put("prepend", SPACE);
            sequence.putArray("normalizers").add(prepend).add(replace);
            root.set("normalizer", sequence);
        } else {
            root.set("normalizer", replace);
        }
        root.putNull("pre_tokenizer");
        postProcessor(root, true);
        ObjectNode decoder = PreTokenizer.object("Sequence");
        ArrayNode decoders = decoder.putArray("decoders");
        ObjectNode back = PreTokenizer.object("Replace");
        back.putObject("pattern").put("String", SPACE);
        back.put("content", " ");
        decoders.add(back).add(PreTokenizer.object("ByteFallback")).add(PreTokenizer.object("Fuse"));
        if (leadingSpace) {
            ObjectNode strip = PreTokenizer.object("Strip");
            strip.put("content", " ");
            strip.put("start", 1);
            strip.put("stop", 0);
            decoders.add(strip);
        }
        root.set("decoder", decoder);
        model(root, mergesFromScores(), false);
    }

    /** A SentencePiece file has scores, not merges: every token that is two tokens is a merge, the best score first. */
    private List<Merge> mergesFromScores() {
        List<GgufValue> scores = metadata.many("tokenizer.ggml.scores");
        if (scores.size() != tokens.size()) {
            throw unsupported("%d scores for %d tokens".formatted(scores.size(), tokens.size()));
        }
        Map<String, Integer> ids = new HashMap<>();
        for (int id = 0; id < tokens.size(); id++) {
            ids.put(tokens.get(id), id);
        }
        record Scored(Merge merge, double score) {}
        List<Scored> merges = new ArrayList<>();
        for (int id = 0; id < tokens.size(); id++) {
            String token = tokens.get(id);
            if (type(id) != NORMAL && type(id) != USER_DEFINED) {
                continue;
            }
            double score = scores.get(id) instanceof GgufValue.Real(GgufType _, double value) ? value : 0;
            for (int at = 1; at < token.length(); at++) {
                String left = token.substring(0, at);
                String right = token.substring(at);
                if (ids.containsKey(left) && ids.containsKey(right)) {
                    merges.add(new Scored(new Merge(left, right), score));
                }
            }
        }
        merges.sort(Comparator.comparingDouble(Scored::score)
                .thenComparingInt(scored -> scored.merge().left().length())
                .thenComparingInt(scored -> scored.merge().right().length())
                .reversed());
        return merges.stream().map(Scored::merge).toList();
    }

    /** Puts the begin token before a text, where the file says so. */
    private void postProcessor(ObjectNode root, boolean byDefault) {
        Optional<String> begin = token("tokenizer.ggml.bos_token_id");
        if (begin.isEmpty() || !metadata.truth("tokenizer.ggml.add_bos_token", byDefault)) {
            root.putNull("post_processor");
            return;
        }
        ObjectNode processor = PreTokenizer.object("TemplateProcessing");
        ArrayNode single = processor.putArray("single");
        special(single, begin.get());
        sequence(single, "A", 0);
        ArrayNode pair = processor.putArray("pair");
        special(pair, begin.get());
        sequence(pair, "A", 0);
        sequence(pair, "B", 1);
        ObjectNode token = processor.putObject("special_tokens").putObject(begin.get());
        token.put("id", begin.get());
        token.putArray("ids").add(metadata.requiredWhole("tokenizer.ggml.bos_token_id"));
        token.putArray("tokens").add(begin.get());
        root.set("post_processor", processor);
    }

    private static void special(ArrayNode template, String token) {
        ObjectNode node = template.addObject().putObject("SpecialToken");
        node.put("id", token);
        node.put("type_id", 0);
    }

    private static void sequence(ArrayNode template, String id, int type) {
        ObjectNode node = template.addObject().putObject("Sequence");
        node.put("id", id);
        node.put("type_id", type);
    }

    private ObjectNode config() {
        ObjectNode config = JsonMapper.shared().createObjectNode();
        // The class that takes tokenizer.json as it is; GPT2Tokenizer and its like put their own rules in its place.
        config.put("tokenizer_class", "PreTrainedTokenizerFast");
        putOrNull(config, "bos_token", token("tokenizer.ggml.bos_token_id"));
        putOrNull(config, "eos_token", token("tokenizer.ggml.eos_token_id"));
        putOrNull(config, "pad_token", token("tokenizer.ggml.padding_token_id"));
        putOrNull(config, "unk_token", token("tokenizer.ggml.unknown_token_id"));
        config.put("add_prefix_space", false);
        config.put("clean_up_tokenization_spaces", false);
        String architecture = metadata.text("general.architecture").orElse("");
        ifPresent(metadata.whole(architecture + ".context_length"), length -> config.put("model_max_length", length));
        metadata.text("tokenizer.chat_template").ifPresent(template -> config.put("chat_template", template));
        return config;
    }

    private static void ifPresent(OptionalInt value, Consumer<Integer> use) {
        if (value.isPresent()) {
            use.accept(value.getAsInt());
        }
    }

    private Optional<String> token(String key) {
        OptionalInt id = metadata.whole(key);
        if (id.isEmpty()) {
            return Optional.empty();
        }
        if (id.getAsInt() < 0 || id.getAsInt() >= tokens.size()) {
            throw unsupported("%s = %d of %d tokens".formatted(key, id.getAsInt(), tokens.size()));
        }
        return Optional.of(tokens.get(id.getAsInt()));
    }

    private static void putOrNull(ObjectNode node, String key, Optional<String> value) {
        @Nullable String text = value.orElse(null);
        node.put(key, text);
    }

    private static CodedException unsupported(String what) {
        return CodedException.user(
                "tokenizer_unsupported",
                "The tokenizer in the GGUF file has %s, which is not known here.".formatted(what),
                "Use the model's Hugging Face folder, which holds the tokenizer's own rules.");
    }
}
