package dev.temper.trainer.supervise;

import dev.temper.contract.CodedException;

/**
 * A sort of run that a worker can do. Found by {@link java.util.ServiceLoader}; needs a public constructor without
 * parameters.
 */
public interface RunKind {
    /** What an offer calls it. */
    String name();

    /**
     * Does the run, looking at its directive after each step.
     *
     * @throws CodedException if it fails in a way somebody can act on
     */
    Ending run(Assignment assignment, RunSide side) throws InterruptedException;
}
