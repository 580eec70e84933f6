package dev.temper.trainer.supervise;

import java.util.List;

/** A program of the machine that is asked something and ends by itself. */
@FunctionalInterface
interface Tool {
    Answer ask(List<String> arguments);

    /** What came of asking. */
    sealed interface Answer {
        /** It ran to its end; what it printed. */
        record Ended(int status, String output) implements Answer {}

        /** There is no such program. */
        record Absent() implements Answer {}

        /** It did not end in time. */
        record Hung() implements Answer {}
    }
}
