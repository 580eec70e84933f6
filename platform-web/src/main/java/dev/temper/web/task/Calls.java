package dev.temper.web.task;

import dev.temper.platform.common.Problem;
import dev.temper.platform.task.TaskRequest;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The same task as text, for programs.
 *
 * @param json the body of the call that starts it
 * @param curl that call
 */
record Calls(String json, String yaml, String curl) {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};

    static Calls of(TaskForm form) {
        String body = body(form);
        Map<String, Object> tree = JSON.readValue(body, TREE);
        String json = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree);
        DumperOptions block = new DumperOptions();
        block.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        return new Calls(json, new Yaml(block).dump(tree), """
                curl -X POST $TEMPER_URL/api/v1/tasks \\
                  -H "Authorization: Bearer $TEMPER_API_KEY" \\
                  -H "Content-Type: application/json" \\
                  -H "Idempotency-Key: $(uuidgen)" \\
                  -d '%s'""".formatted(json.replace("'", "'\\\\''")));
    }

    /** As far as it is one: a form that is not filled yet has no call. */
    private static String body(TaskForm form) {
        try {
            TaskRequest request = form.request();
            return request.json();
        } catch (Problem unfilled) {
            return "{}";
        }
    }
}
