package dev.temper.trainer.supervise;

import dev.temper.contract.link.WorkerEvent;

/** Text as messages take it. */
final class Texts {
    private Texts() {}

    /** Without what no database keeps, and not longer than a message may be. */
    static String cut(String text) {
        String clean = text.replace('\0', '\uFFFD');
        return clean.length() <= WorkerEvent.MAX_TEXT ? clean : clean.substring(0, WorkerEvent.MAX_TEXT - 1) + "…";
    }
}
