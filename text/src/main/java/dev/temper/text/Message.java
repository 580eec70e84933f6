package dev.temper.text;

import dev.temper.text.tokenizer.Surrogates;

/** One thing said. */
public record Message(Role role, String content) {
    public Message {
        Surrogates.refuse(content);
    }

    public static Message system(String content) {
        return new Message(Role.SYSTEM, content);
    }

    public static Message user(String content) {
        return new Message(Role.USER, content);
    }

    public static Message assistant(String content) {
        return new Message(Role.ASSISTANT, content);
    }
}
