package dev.temper.trainer.supervise;

import dev.temper.contract.link.Directive;
import dev.temper.contract.link.Failure;

/** How a run ended. */
public sealed interface Ending {
    /** It did all it had to. */
    record Done() implements Ending {}

    /**
     * It was told to stop.
     *
     * @param by what told it; but for {@code CANCEL} its checkpoint is written
     * @param step the last one done
     */
    record Stopped(Directive by, long step) implements Ending {}

    /** It can't go on. */
    record Failed(Failure failure) implements Ending {}
}
