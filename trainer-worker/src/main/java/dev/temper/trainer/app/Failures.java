package dev.temper.trainer.app;

import dev.temper.contract.CodedException;
import java.io.PrintStream;

/** Says what went wrong in one message, and turns it into the number a process returns. */
final class Failures {
    private static final int INTERNAL = 1;
    private static final int USER = 2;
    private static final int RESOURCES = 3;

    private Failures() {}

    /** @param debug whether to show where it comes from as well */
    static int tell(Throwable failure, boolean debug, PrintStream to) {
        int status;
        switch (failure) {
            case CodedException coded -> {
                to.println("error: " + coded.getMessage());
                if (!coded.remedy().isEmpty()) {
                    to.println("  " + coded.remedy());
                }
                to.println("  (" + coded.code() + ")");
                status = switch (coded.category()) {
                    case USER -> USER;
                    case RESOURCES -> RESOURCES;
                    case INTERNAL -> INTERNAL;
                };
            }
            case OutOfMemoryError _ -> {
                to.println("error: The Java heap is full.");
                to.println("  Give the process a larger one with -Xmx.");
                to.println("  (heap_full)");
                status = RESOURCES;
            }
            default -> {
                to.println("error: " + failure);
                to.println("  This is a fault of the program; --debug shows where.");
                to.println("  (internal_error)");
                status = INTERNAL;
            }
        }
        if (debug) {
            failure.printStackTrace(to);
        }
        return status;
    }
}
