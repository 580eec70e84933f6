package dev.temper.trainer.box;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a learned vocabulary as the tokenizers library reads it, with ChatML's control tokens before all others. */
final class TokenizerFile {
    static final List<String> CONTROL = List.of("<|endoftext|>", "<|im_start|>", "<|im_end|>");

    private static final String CHATML = "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' +"
            + " message['content'] + '<|im_end|>' + '\\n' }}{% endfor %}"
            + "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}";

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private TokenizerFile() {}

    static void write(Path folder, BytePairs vocabulary) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put("version", "1.0").putNull("truncation").putNull("padding");
        ArrayNode added = root.putArray("added_tokens");
        for (int id = 0; id < CONTROL.size(); id++) {
            added.addObject()
                    .put("id", id)
                    .put("content", CONTROL.get(id))
                    .put("single_word", false)
                    .put("lstrip", false)
                    .put("rstrip", false)
                    .put("normalized", false)
                    .put("special", true);
        }
        root.putObject("normalizer").put("type", "NFC");
        ArrayNode cuts = root.putObject("pre_tokenizer").put("type", "Sequence").putArray("pretokenizers");
        ObjectNode split = cuts.addObject().put("type", "Split");
        split.putObject("pattern").put("Regex", BytePairs.SPLIT);
        split.put("behavior", "Isolated").put("invert", false);
        byteLevel(cuts.addObject(), false);
        root.putNull("post_processor");
        byteLevel(root.putObject("decoder"), true);
        model(root.putObject("model"), vocabulary);
        Files.writeString(folder.resolve("tokenizer.json"), JSON.writeValueAsString(root) + "\n");

        ObjectNode config = JSON.createObjectNode();
        config.put("tokenizer_class", "PreTrainedTokenizerFast")
                .put("eos_token", "<|im_end|>")
                .put("pad_token", "<|endoftext|>")
                .put("add_prefix_space", false)
                .put("clean_up_tokenization_spaces", false)
                .put("model_max_length", UntrainedModel.POSITIONS)
                .put("chat_template", CHATML);
        Files.writeString(folder.resolve("tokenizer_config.json"), JSON.writeValueAsString(config) + "\n");
    }

    private static void byteLevel(ObjectNode node, boolean decoder) {
        node.put("type", "ByteLevel")
                .put("add_prefix_space", decoder)
                .put("trim_offsets", true)
                .put("use_regex", decoder);
    }

    private static void model(ObjectNode model, BytePairs learned) {
        model.put("type", "BPE").putNull("dropout").putNull("unk_token");
        model.putNull("continuing_subword_prefix").putNull("end_of_word_suffix");
        model.put("fuse_unk", false).put("byte_fallback", false).put("ignore_merges", false);
        ObjectNode vocabulary = model.putObject("vocab");
        CONTROL.forEach(token -> vocabulary.put(token, vocabulary.size()));
        learned.tokens().forEach(token -> vocabulary.put(token, vocabulary.size()));
        ArrayNode merges = model.putArray("merges");
        learned.merges()
                .forEach(pair -> merges.addArray()
                        .add(learned.tokens().get(pair.left()))
                        .add(learned.tokens().get(pair.right())));
    }
}
