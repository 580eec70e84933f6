package dev.temper.trainer.data;

import dev.temper.text.Conversation;

/** What a row turned out to be. */
sealed interface Mapped {
    record Talk(Conversation conversation) implements Mapped {}

    record Text(String text) implements Mapped {}

    /** @param detail what exactly, for the report's examples */
    record Skipped(Skip reason, String detail) implements Mapped {}
}
