package dev.temper.platform.openai.web;

import dev.temper.platform.openai.FineTuning;
import dev.temper.platform.openai.ListObject;
import dev.temper.platform.openai.ModelObject;
import java.util.List;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/models")
class OpenAiModelController {
    private final FineTuning jobs;

    OpenAiModelController(FineTuning jobs) {
        this.jobs = jobs;
    }

    /** That a model is gone. */
    record Deleted(String id, String object, boolean deleted) {}

    @GetMapping
    ListObject<ModelObject> list() {
        List<ModelObject> all = jobs.models();
        return ListObject.of(all, Integer.MAX_VALUE, ModelObject::id);
    }

    @GetMapping("/{model}")
    ModelObject get(@PathVariable String model) {
        return jobs.model(model);
    }

    @DeleteMapping("/{model}")
    Deleted delete(@PathVariable String model) {
        jobs.deleteModel(model);
        return new Deleted(model, "model", true);
    }
}
