package dev.temper.platform.model;

import dev.temper.contract.CodedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A model in a folder of the platform's machine, before it is brought in.
 *
 * @param path the folder, or the GGUF file
 * @param files what of it a run needs, by the path there
 */
record FoundModel(Path path, Map<String, Path> files) {
    static final String GGUF = ".gguf";

    static final String SAFETENSORS = ".safetensors";
    static final String INDEX = "model.safetensors.index.json";
    static final String WEIGHTS = "model.safetensors";
    private static final Set<String> BESIDE_WEIGHTS = Set.of(
            "config.json",
            "generation_config.json",
            "tokenizer.json",
            "tokenizer_config.json",
            "special_tokens_map.json",
            "added_tokens.json",
            "chat_template.jinja",
            "tokenizer.model",
            "vocab.json",
            "merges.txt");
    private static final int LONGEST_LICENCE = 100_000;
    private static final List<String> LICENCES = List.of("LICENSE", "LICENSE.txt", "LICENSE.md", "LICENCE");

    /** Whether a path looks like a model at all. */
    static boolean looksLikeOne(Path path) {
        return Files.isRegularFile(path.resolve("config.json"))
                || (path.toString().endsWith(GGUF) && Files.isRegularFile(path));
    }

    static FoundModel at(Path path) {
        if (!Files.isDirectory(path)) {
            return new FoundModel(path, Map.of(path.getFileName().toString(), path));
        }
        Map<String, Path> files = new TreeMap<>();
        try (Stream<Path> entries = Files.list(path)) {
            Set<String> weights = weights(path);
            entries.filter(Files::isRegularFile)
                    .filter(file -> wanted(file.getFileName().toString(), weights))
                    .forEach(file -> files.put(file.getFileName().toString(), file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new FoundModel(path, files);
    }

    private static boolean wanted(String name, Set<String> weights) {
        return BESIDE_WEIGHTS.contains(name) || LICENCES.contains(name) || weights.contains(name);
    }

    /** Repositories may hold the same weights a second time under other names; the index says which belong. */
    private static Set<String> weights(Path folder) {
        Path index = folder.resolve(INDEX);
        if (!Files.isRegularFile(index)) {
            return Set.of(WEIGHTS);
        }
        try {
            return shards(Files.readAllBytes(index));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files an index puts weights into, itself among them. */
    static Set<String> shards(byte[] index) {
        Set<String> names = new TreeSet<>(Set.of(INDEX));
        try {
            JsonMapper.shared()
                    .readTree(index)
                    .path("weight_map")
                    .valueStream()
                    .forEach(shard -> names.add(shard.asString("")));
        } catch (JacksonException broken) {
            throw CodedException.user(
                            "weights_index_invalid",
                            INDEX + " is not a usable index: it is not JSON.",
                            "Download the file again.")
                    .because(broken);
        }
        return names;
    }

    /** Whether a run needs a file of that name; weights aside, which the index names. */
    static boolean isBesideWeights(String name) {
        return BESIDE_WEIGHTS.contains(name) || LICENCES.contains(name) || name.equals(INDEX);
    }

    /** The wording of its licence; empty where it brings none. */
    String licence() {
        return LICENCES.stream()
                .filter(files::containsKey)
                .findFirst()
                .map(name -> files.get(name))
                .map(FoundModel::text)
                .orElse("");
    }

    private static String text(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(LONGEST_LICENCE), StandardCharsets.UTF_8).replace("\0", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it all comes to, in bytes. */
    long size() {
        return files.values().stream().mapToLong(FoundModel::size).sum();
    }

    /** Changes when a file is added, removed or written. */
    String mark() {
        Map<String, String> marks = new LinkedHashMap<>();
        files.forEach((name, file) -> {
            try {
                marks.put(
                        name,
                        Files.size(file) + "@" + Files.getLastModifiedTime(file).toMillis());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return marks.toString();
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
