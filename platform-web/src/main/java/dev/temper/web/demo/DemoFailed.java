package dev.temper.web.demo;

/** Why the demo went no further, in one line. */
public final class DemoFailed extends RuntimeException {
    DemoFailed(String line) {
        super(line);
    }

    DemoFailed(String line, Throwable cause) {
        super(line, cause);
    }
}
