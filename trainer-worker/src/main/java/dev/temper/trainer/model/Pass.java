package dev.temper.trainer.model;

/**
 * Where in a run a micro-batch is computed: what random numbers depend on, and how its gradient counts.
 *
 * @param seed of the run
 * @param step of the optimiser, from 1
 * @param microBatch of this step, from 0; the first one overwrites gradients, the others add to them
 * @param scale what the gradient of the summed loss is multiplied by: 1 over the labels of the whole step, times the
 *     loss scale where there is one
 */
public record Pass(long seed, int step, int microBatch, double scale) {
    /** What kernels keep of gradients already there. */
    double keep() {
        return microBatch == 0 ? 0.0 : 1.0;
    }

    /** A seed for one purpose at one place; never negative. */
    long seedOf(Purpose purpose, int place) {
        return RunSeed.of(seed, purpose.code, step, microBatch, place);
    }

    /** What random numbers are drawn for. */
    enum Purpose {
        DROPOUT(0),
        NOISE(1);

        private final long code;

        Purpose(long code) {
            this.code = code;
        }
    }
}
