package dev.temper.trainer.app.llamafactory;

import dev.temper.contract.CodedException;
import dev.temper.contract.Nearest;
import dev.temper.contract.RunSpecJson;
import dev.temper.contract.llamafactory.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The datasets a folder offers by name in its {@code dataset_info.json}. */
final class DatasetInfo {
    private static final String FILE = "dataset_info.json";
    private static final Set<String> FORMATS = Set.of("alpaca", "sharegpt", "openai");
    private static final Set<String> COLUMNS =
            Set.of("prompt", "query", "response", "history", "messages", "system", "tools");
    private static final Set<String> LATER_COLUMNS =
            Set.of("chosen", "rejected", "kto_tag", "images", "videos", "audios");
    private static final Set<String> TAGS = Set.of(
            "role_tag", "content_tag", "user_tag", "assistant_tag", "observation_tag", "function_tag", "system_tag");
    private static final List<String> HUB =
            List.of("hf_hub_url", "ms_hub_url", "om_hub_url", "script_url", "cloud_file_name");
    private static final Set<String> KNOWN =
            Set.of("file_name", "formatting", "ranking", "num_samples", "columns", "tags", "subset", "split", "folder");

    private final Path folder;

    DatasetInfo(Path folder) {
        this.folder = folder;
    }

    /** The data source of a run spec for the dataset of a name, its problems noted in {@code values}. */
    ObjectNode source(String name, Values values) {
        ObjectNode source = RunSpecJson.document();
        JsonNode all = read();
        JsonNode entry = all.path(name);
        if (!entry.isObject()) {
            values.problem(
                    "data_dataset_unknown",
                    "dataset",
                    "There is no dataset " + name + " in " + folder.resolve(FILE) + ", and no file of that name.",
                    Nearest.of(name, all.propertyNames())
                            .map(near -> "Did you mean " + near + "?")
                            .orElse("Add it there."));
            return source;
        }
        for (String key : HUB) {
            if (entry.has(key) && !entry.has("file_name")) {
                values.problem(
                        "data_dataset_not_local",
                        "dataset",
                        "The dataset " + name + " is fetched from elsewhere (" + key + "); nothing is fetched here.",
                        "Load its file and give it as file_name.");
                return source;
            }
        }
        for (String key : entry.propertyNames()) {
            if (!KNOWN.contains(key) && !HUB.contains(key)) {
                values.problem(
                        "spec_unknown_key",
                        key,
                        "The dataset " + name + " has an unknown key " + key + ".",
                        Nearest.of(key, KNOWN)
                                .map(near -> "Did you mean " + near + "?")
                                .orElse("Remove it."));
            }
        }
        if (entry.path("ranking").asBoolean(false)) {
            values.later("ranking", "true (dataset " + name + ")");
        }
        source.put(
                "path", folder.resolve(entry.path("file_name").asString(name)).toString());
        String format = entry.path("formatting").asString("alpaca");
        if (FORMATS.contains(format)) {
            source.put("format", format);
        } else {
            values.problem(
                    "spec_invalid_value",
                    "formatting",
                    "The dataset " + name + " has the formatting " + format + ".",
                    "Use alpaca, sharegpt or openai.");
        }
        if (entry.path("num_samples").isIntegralNumber()) {
            source.set("maxSamples", entry.get("num_samples"));
        }
        source.set("columns", names(name, entry.path("columns"), COLUMNS, LATER_COLUMNS, values));
        source.set("tags", names(name, entry.path("tags"), TAGS, Set.of(), values));
        return source;
    }

    private static ObjectNode names(
            String dataset, JsonNode given, Set<String> known, Set<String> later, Values values) {
        ObjectNode names = RunSpecJson.document();
        for (Map.Entry<String, JsonNode> entry : given.properties()) {
            String key = entry.getKey();
            if (known.contains(key)) {
                names.put(key, entry.getValue().asString());
            } else if (later.contains(key)) {
                values.later(key, entry.getValue() + " (dataset " + dataset + ")");
            } else {
                values.problem(
                        "spec_unknown_key",
                        key,
                        "The dataset " + dataset + " maps an unknown column or tag " + key + ".",
                        Nearest.of(key, known)
                                .map(near -> "Did you mean " + near + "?")
                                .orElse("Remove it."));
            }
        }
        return names;
    }

    private JsonNode read() {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw CodedException.user(
                    "data_dataset_info_missing",
                    "There is no " + file + " to look the names of datasets up in.",
                    "Set dataset_dir to the folder that holds it, or give the dataset as a file.");
        }
        try {
            return JsonMapper.shared().readTree(Files.readString(file));
        } catch (IOException | JacksonException e) {
            throw CodedException.user(
                            "data_dataset_info_unreadable",
                            file + " can't be read: " + e.getMessage(),
                            "Correct the file.")
                    .because(e);
        }
    }
}
