package dev.temper.trainer.run;

import dev.temper.text.Conversation;
import dev.temper.text.Message;
import dev.temper.text.template.ConversationEncoder;
import java.util.List;

/**
 * Tells what is asked last in a prompt from the template's markup around it.
 *
 * @param opening what stands before whatever a user says
 * @param closing what stands behind the last of it
 */
record Questions(String opening, String closing) {
    private static final String FIRST = "Zq1";
    private static final String ANSWER = "Zq2";
    private static final String SECOND = "Zq3";

    /** By what the template makes of words that are known. */
    static Questions of(ConversationEncoder encoder) {
        return between(
                rendered(encoder, List.of(Message.user(FIRST))),
                rendered(encoder, List.of(Message.user(FIRST), Message.assistant(ANSWER), Message.user(SECOND))));
    }

    private static String rendered(ConversationEncoder encoder, List<Message> messages) {
        return encoder.tokenizer().decode(encoder.prompt(new Conversation("", messages)));
    }

    /** What stands before both questions opens each of them. */
    static Questions between(String once, String twice) {
        int first = once.lastIndexOf(FIRST);
        int answer = twice.lastIndexOf(ANSWER);
        int second = twice.lastIndexOf(SECOND);
        if (first < 0 || answer < 0 || second < answer) {
            return new Questions("", "");
        }
        String closing = once.substring(first + FIRST.length());
        String before = once.substring(0, first);
        String between = twice.substring(answer + ANSWER.length(), second);
        int common = 0;
        while (common < Math.min(before.length(), between.length())
                && before.charAt(before.length() - 1 - common) == between.charAt(between.length() - 1 - common)) {
            common++;
        }
        return new Questions(before.substring(before.length() - common), closing);
    }

    /** The last question; the whole prompt where the markup is another one. */
    String in(String prompt) {
        if (opening.isEmpty() || !prompt.endsWith(closing)) {
            return prompt;
        }
        String open = prompt.substring(0, prompt.length() - closing.length());
        int from = open.lastIndexOf(opening);
        return from < 0 ? prompt : open.substring(from + opening.length()).strip();
    }
}
