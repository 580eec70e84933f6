package dev.temper.web.task;

import dev.temper.contract.llamafactory.LlamaFactoryYaml;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A file of settings, as a form.
 *
 * @param datasets what it calls its data, which is chosen here
 * @param warnings what has no effect here, and what means something else
 */
record Imported(TaskForm form, List<String> datasets, List<String> warnings) {
    private static final JsonMapper JSON = JsonMapper.shared();

    /**
     * Reads what the review of a task shows as YAML or JSON, or a run of LLaMA-Factory.
     *
     * @param models that there are, to find the one the file names by the end of its path
     */
    static Imported of(String text, List<String> models) {
        if (tree(text) instanceof Map<?, ?> map && map.containsKey("settings")) {
            return new Imported(TaskForm.of(JSON.writeValueAsString(map)), List.of(), List.of());
        }
        LlamaFactoryYaml.Settings read = LlamaFactoryYaml.settings(text);
        String name = read.model().substring(read.model().lastIndexOf('/') + 1);
        TaskForm form = TaskForm.ofSettings(read.settings());
        return new Imported(models.contains(name) ? form.with("model", name) : form, read.datasets(), read.warnings());
    }

    /** What is no YAML is told by who reads it next. */
    private static Object tree(String text) {
        try {
            Object read = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
            return read == null ? "" : read;
        } catch (YAMLException unreadable) {
            return "";
        }
    }
}
