package dev.temper.trainer.stage;

import dev.temper.contract.RegularisationSpec;
import dev.temper.contract.Stage;
import dev.temper.trainer.data.PackedBatch;
import dev.temper.trainer.model.Decoder;
import dev.temper.trainer.model.Loss;
import dev.temper.trainer.model.Pass;
import dev.temper.trainer.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What is learned from a micro-batch. It is found by {@link java.util.ServiceLoader}: a new one is one class and one
 * line in {@code META-INF/services}.
 */
public interface TrainingStage {
    /** The stage of a spec this is. */
    Stage kind();

    /** What the loss of a step is divided by, as far as this micro-batch goes: its labels, counted before the shift. */
    int items(PackedBatch batch);

    /**
     * Runs a micro-batch forth and back; gradients are added to the accumulators of what learns.
     *
     * @param prefix {@link Decoder#frozenPrefix} of this batch, if it is at hand; stays the caller's
     */
    Loss forwardBackward(
            Decoder decoder, PackedBatch batch, Pass pass, RegularisationSpec regularisation, @Nullable Tensor prefix);

    /** The loss on held-out rows: without dropout, noise or smoothing. */
    Loss evaluate(Decoder decoder, PackedBatch batch);
}
