package dev.temper.trainer.supervise;

import dev.temper.contract.link.Directive;
import dev.temper.contract.link.WorkerEvent;

/** The worker as a run sees it. */
public interface RunSide {
    void tell(WorkerEvent event);

    /** What is wanted now. A wish for a checkpoint is told once; one that stops stays. */
    Directive directive();
}
