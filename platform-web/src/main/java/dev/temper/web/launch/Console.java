package dev.temper.web.launch;

import java.io.PrintStream;

/** What the person at the terminal reads: progress, the one line that matters, and why it did not work. */
final class Console {
    private final PrintStream out;
    private final PrintStream err;

    Console(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    void progress(String what) {
        out.println("  " + what + " …");
        out.flush();
    }

    void say(String line) {
        out.println(line);
        out.flush();
    }

    void refuse(String line) {
        err.println("temper: " + line);
        err.flush();
    }
}
