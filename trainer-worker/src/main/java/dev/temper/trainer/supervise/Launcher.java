package dev.temper.trainer.supervise;

import dev.temper.contract.link.LeaseOffer;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;

/** Starts runs, each apart from the supervisor and from each other. */
interface Launcher {
    /** @param memoryBytes of the host that the run may use */
    Child launch(RunFolder folder, LeaseOffer offer, long memoryBytes) throws IOException;

    /** The run that an earlier supervisor started in the folder, if it still lives. */
    Optional<Child> adopt(RunFolder folder) throws IOException;

    /** A run that was started. */
    interface Child {
        boolean alive();

        /** What its process returned, as a shell has it; empty where nobody was there to see. */
        OptionalInt status();

        /** Of the host, as far as it can be told; 0 where it can't. */
        long memoryBytes();

        /** Ends it and whatever it started, at once. */
        void kill();
    }
}
