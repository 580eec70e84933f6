package dev.temper.text.template;

import dev.temper.text.Message;
import dev.temper.text.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The thoughts of a reasoning model inside its answers. */
final class Thoughts {
    static final String EMPTY = "<think>\n\n</think>\n\n";
    private static final Pattern THOUGHT = Pattern.compile("<think>\n(.*?)\n</think>\n\n", Pattern.DOTALL);
    private static final Pattern LEADING_NEWLINES = Pattern.compile("^\n+");

    private Thoughts() {}

    static boolean in(String answer) {
        return answer.contains("<think>") || answer.contains("</think>");
    }

    static String removedFrom(String answer) {
        return LEADING_NEWLINES.matcher(THOUGHT.matcher(answer).replaceAll("")).replaceFirst("");
    }

    /** The messages with the answers before {@code end} freed of thoughts. */
    static List<Message> removedFrom(List<Message> messages, int end) {
        List<Message> freed = new ArrayList<>(messages);
        for (int i = 0; i < end; i++) {
            Message message = messages.get(i);
            if (message.role() == Role.ASSISTANT) {
                freed.set(i, Message.assistant(removedFrom(message.content())));
            }
        }
        return freed;
    }
}
