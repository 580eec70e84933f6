package dev.temper.data.read;

import tools.jackson.core.JacksonException;

/** What a library says went wrong, in one short line that names no class and no file of ours. */
final class Reasons {
    private static final int LENGTH = 160;

    private Reasons() {}

    static String of(Throwable thrown) {
        String message = thrown instanceof JacksonException json ? json.getOriginalMessage() : thrown.getMessage();
        if (message == null || message.isBlank()) {
            return "unexpected end or content";
        }
        String line = message.lines().findFirst().orElse("");
        int aside = line.indexOf(" (start marker");
        if (aside > 0) {
            line = line.substring(0, aside);
        }
        return line.length() > LENGTH ? line.substring(0, LENGTH) + "…" : line;
    }
}
