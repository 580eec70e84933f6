package dev.temper.text.tokenizer;

import dev.temper.contract.CodedException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where a Hugging Face folder keeps what belongs to its tokenizer. */
final class TokenizerFolder {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Path folder;

    TokenizerFolder(Path folder) {
        this.folder = folder;
    }

    Tokenizer open() {
        Path file = folder.resolve("tokenizer.json");
        if (!Files.isRegularFile(file)) {
            boolean sentencePiece = Files.exists(folder.resolve("tokenizer.model"));
            throw CodedException.user(
                            "tokenizer_missing",
                            "There is no tokenizer.json in " + folder
                                    + (sentencePiece ? ", only tokenizer.model." : "."),
                            sentencePiece
                                    ? "Convert the SentencePiece model to tokenizer.json, or take a newer copy of the model."
                                    : "Name the folder that holds the model's tokenizer.json.")
                    .with("folder", folder.toString());
        }
        JsonNode config = readObject("tokenizer_config.json");
        JsonNode map = readObject("special_tokens_map.json");
        SpecialTokens special = new SpecialTokens(
                token("bos_token", config, map),
                token("eos_token", config, map),
                token("pad_token", config, map),
                token("unk_token", config, map));
        return Tokenizer.of(read(file), special, chatTemplate(config));
    }

    /** The file beside the configuration wins over the one inside it, as in transformers. */
    private @Nullable String chatTemplate(JsonNode config) {
        Path file = folder.resolve("chat_template.jinja");
        if (Files.isRegularFile(file)) {
            return read(file);
        }
        JsonNode template = config.path("chat_template");
        if (template.isString()) {
            return template.stringValue();
        }
        for (JsonNode named : template) {
            if (named.path("name").asString("").equals("default")) {
                return named.path("template").asString();
            }
        }
        return null;
    }

    private static @Nullable String token(String key, JsonNode... places) {
        for (JsonNode place : places) {
            JsonNode value = place.path(key);
            JsonNode content = value.isObject() ? value.path("content") : value;
            if (content.isString()) {
                return content.stringValue();
            }
        }
        return null;
    }

    private JsonNode readObject(String name) {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            return JSON.createObjectNode();
        }
        try {
            return JSON.readTree(read(file));
        } catch (JacksonException broken) {
            throw CodedException.user(
                            "tokenizer_broken",
                            file + " is not JSON: " + broken.getOriginalMessage(),
                            "Take the file again from the model's source.")
                    .because(broken);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (MalformedInputException broken) {
            throw CodedException.user(
                            "tokenizer_broken", file + " is not UTF-8.", "Take the file again from the model's source.")
                    .because(broken);
        } catch (IOException unreadable) {
            throw CodedException.internal(
                            "tokenizer_unreadable",
                            file + " cannot be read: " + unreadable.getMessage(),
                            "Check the disk and the file's permissions.")
                    .because(unreadable);
        }
    }
}
