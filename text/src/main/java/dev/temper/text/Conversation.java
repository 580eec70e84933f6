package dev.temper.text;

import dev.temper.contract.CodedException;
import dev.temper.text.tokenizer.Surrogates;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a model learns from or answers to: user and assistant in turn, the user first.
 *
 * @param system what the model is told beforehand; empty for the template's default
 * @param messages user, assistant, user, …
 */
public record Conversation(String system, List<Message> messages) {
    public Conversation {
        Surrogates.refuse(system);
        messages = List.copyOf(messages);
        if (messages.isEmpty()) {
            throw CodedException.user(
                    "conversation_empty",
                    "The conversation has no message besides the system's.",
                    "Give it a user's message, or leave the row out.");
        }
        for (int i = 0; i < messages.size(); i++) {
            Role expected = i % 2 == 0 ? Role.USER : Role.ASSISTANT;
            Role actual = messages.get(i).role();
            if (actual != expected) {
                throw CodedException.user(
                                "conversation_roles_out_of_order",
                                "Message %d is the %s's; it must be the %s's."
                                        .formatted(i + 1, name(actual), name(expected)),
                                "Let user and assistant alternate, the user first, the system's message before all.")
                        .with("message", i + 1);
            }
        }
    }

    /** A conversation from a list in which the system's message, if any, is the first. */
    public static Conversation of(List<Message> messages) {
        boolean told = !messages.isEmpty() && messages.getFirst().role() == Role.SYSTEM;
        return new Conversation(
                told ? messages.getFirst().content() : "", told ? messages.subList(1, messages.size()) : messages);
    }

    /** One question with its answer. */
    public static Conversation of(String prompt, String response) {
        return new Conversation("", List.of(Message.user(prompt), Message.assistant(response)));
    }

    /** Whether the last word is the assistant's, so that there is something to learn. */
    public boolean answered() {
        return messages.size() % 2 == 0;
    }

    /** The same conversation with the assistant's last answer replaced, or given where it was missing. */
    public Conversation answeredWith(String answer) {
        List<Message> all = new ArrayList<>(answered() ? messages.subList(0, messages.size() - 1) : messages);
        all.add(Message.assistant(answer));
        return new Conversation(system, all);
    }

    /** Refuses turns without any text; a template would make markup of them that teaches silence. */
    public Conversation requireText() {
        for (int i = 0; i < messages.size(); i++) {
            if (messages.get(i).content().isBlank()) {
                throw CodedException.user(
                                "conversation_turn_empty",
                                "Message %d, the %s's, is empty."
                                        .formatted(i + 1, name(messages.get(i).role())),
                                "Fill it in, or leave the row out.")
                        .with("message", i + 1);
            }
        }
        return this;
    }

    private static String name(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
