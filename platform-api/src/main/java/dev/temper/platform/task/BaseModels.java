package dev.temper.platform.task;

import dev.temper.model.ModelFacts;
import dev.temper.model.weights.BaseModel;
import dev.temper.platform.dataset.Tokenizers;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** What the files of base models say of them; each is looked into once. */
@Component
class BaseModels {
    private final Tokenizers tokenizers;
    private final Map<Path, ModelFacts> known = new ConcurrentHashMap<>();

    BaseModels(Tokenizers tokenizers) {
        this.tokenizers = tokenizers;
    }

    /** Empty where its weights are not here. */
    Optional<ModelFacts> facts(String model) {
        return tokenizers.folder(model).map(folder -> known.computeIfAbsent(folder, BaseModels::read));
    }

    private static ModelFacts read(Path folder) {
        try (BaseModel model = BaseModel.open(folder)) {
            return ModelFacts.of(model);
        }
    }
}
