package dev.temper.web.launch;

/** Why the platform won't start, in one line a person can act on. */
final class StartRefused extends RuntimeException {
    StartRefused(String line) {
        super(line);
    }

    StartRefused(String line, Throwable cause) {
        super(line, cause);
    }
}
