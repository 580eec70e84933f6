package dev.temper.trainer.stage;

import dev.temper.contract.CodedException;
import dev.temper.contract.Stage;
import java.util.ServiceLoader;

/** All stages there are. */
public final class Stages {
    private Stages() {}

    public static TrainingStage of(Stage kind) {
        return ServiceLoader.load(TrainingStage.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(stage -> stage.kind() == kind)
                .findFirst()
                .orElseThrow(() -> CodedException.user(
                        "stage_unknown", "The stage " + kind + " is not installed.", "Use sft or pretrain."));
    }
}
