package dev.temper.text.jinja;

import dev.temper.contract.CodedException;

/** The ways a chat template fails. */
final class JinjaErrors {
    private JinjaErrors() {}

    /** The template is no Jinja, or uses a part of it that chat templates have no business with. */
    static CodedException syntax(int line, String message) {
        return CodedException.user(
                        "chat_template_syntax",
                        "The chat template has an error in line " + line + ": " + message,
                        "Correct the template, or choose one of the named templates instead.")
                .with("line", line);
    }

    /** Something in it cannot be computed, such as a number and a text added. */
    static CodedException failed(String message) {
        return CodedException.user(
                "chat_template_failed",
                "The chat template failed: " + message,
                "Check that the conversation has what the template reads, or choose another template.");
    }

    /** The template itself says no, by {@code raise_exception}. */
    static CodedException refused(String message) {
        return CodedException.user(
                        "chat_template_refused",
                        "The chat template refuses the conversation: " + message,
                        "Bring the conversation into the form the model was trained on.")
                .with("template_message", message);
    }

    /** It takes more time, depth or room than a chat template may. */
    static CodedException limit(String what) {
        return CodedException.user(
                "chat_template_limit",
                "The chat template was stopped: " + what,
                "Use a template that ends, and shorter conversations.");
    }
}
