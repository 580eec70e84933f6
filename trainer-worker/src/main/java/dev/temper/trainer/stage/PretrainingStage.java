package dev.temper.trainer.stage;

import dev.temper.contract.RegularisationSpec;
import dev.temper.contract.Stage;
import dev.temper.trainer.data.PackedBatch;
import dev.temper.trainer.model.Decoder;
import dev.temper.trainer.model.Loss;
import dev.temper.trainer.model.Pass;
import dev.temper.trainer.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Continued pre-training: the cross entropy of every token but the first of a sequence, whatever the labels say. */
public final class PretrainingStage implements TrainingStage {
    private final SupervisedStage supervised = new SupervisedStage();

    @Override
    public Stage kind() {
        return Stage.PRETRAIN;
    }

    @Override
    public int items(PackedBatch batch) {
        return batch.tokens().length;
    }

    @Override
    public Loss forwardBackward(
            Decoder decoder, PackedBatch batch, Pass pass, RegularisationSpec regularisation, @Nullable Tensor prefix) {
        return supervised.forwardBackward(decoder, running(batch), pass, regularisation, prefix);
    }

    @Override
    public Loss evaluate(Decoder decoder, PackedBatch batch) {
        return supervised.evaluate(decoder, running(batch));
    }

    private static PackedBatch running(PackedBatch batch) {
        return new PackedBatch(batch.tokens(), batch.tokens(), batch.segmentStarts());
    }
}
