package dev.temper.model.weights;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The {@code README.md} of a model: where it comes from and how it was made, so that somebody else can judge it and make
 * it again.
 *
 * @param title the model's name
 * @param baseModel what it was tuned from
 * @param method how, such as {@code lora}
 * @param adapter it is an adapter and needs its base model
 * @param data what it was trained on
 * @param settings settings of the run, by name
 * @param results what was measured, by name
 */
public record ModelCard(
        String title,
        String baseModel,
        String method,
        boolean adapter,
        List<DataFile> data,
        Map<String, String> settings,
        Map<String, String> results) {
    public ModelCard {
        data = List.copyOf(data);
        settings = new TreeMap<>(settings);
        results = new TreeMap<>(results);
    }

    /** One dataset: its name, the SHA-256 of its bytes, and how many rows were used. */
    public record DataFile(String name, String sha256, long rows) {}

    public String toMarkdown() {
        StringBuilder out = new StringBuilder("---\n");
        out.append("base_model: ").append(quoted(baseModel)).append('\n');
        out.append("library_name: ").append(adapter ? "peft" : "transformers").append('\n');
        out.append("pipeline_tag: text-generation\n");
        out.append("tags:\n- temper\n- ").append(quoted(method)).append("\n---\n\n");
        out.append("# ").append(cell(title)).append("\n\n");
        out.append(adapter ? "An adapter for " : "A model tuned from ")
                .append(cell(baseModel))
                .append(" (")
                .append(cell(method))
                .append(").\n");
        if (!data.isEmpty()) {
            out.append("\n## Data\n\n| dataset | rows | SHA-256 |\n| --- | ---: | --- |\n");
            data.forEach(file ->
                    out.append("| %s | %d | `%s` |\n".formatted(cell(file.name), file.rows, cell(file.sha256))));
        }
        table(out, "Settings", settings);
        table(out, "Results", results);
        return out.toString();
    }

    private static void table(StringBuilder out, String heading, Map<String, String> values) {
        if (!values.isEmpty()) {
            out.append("\n## ").append(heading).append("\n\n| name | value |\n| --- | --- |\n");
            values.forEach((name, value) -> out.append("| %s | %s |\n".formatted(cell(name), cell(value))));
        }
    }

    /** Names come from users: none may break out of its line or cell. */
    private static String cell(String text) {
        return text.replaceAll("\\s+", " ").replace("|", "\\|").replace("<", "&lt;");
    }

    private static String quoted(String text) {
        return '"' + text.replaceAll("\\s+", " ").replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
