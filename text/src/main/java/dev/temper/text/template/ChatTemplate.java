package dev.temper.text.template;

import java.util.List;

/**
 * A fixed chat template, as LLaMA-Factory names it: which markup stands around what is said.
 *
 * @param name what users call it
 * @param prefix before everything
 * @param system around the system's message
 * @param user around a user's message, up to where the answer begins
 * @param assistant around an answer; all of it is learned
 * @param defaultSystem the system's message where the conversation has none; empty for none
 * @param stopWords tokens that end an answer; the tokenizer gets those it lacks
 * @param replaceEos whether the first stop word becomes the EOS
 * @param systemInUser whether the system's message is put into the first user's message
 * @param reasoning whether answers carry a thought, an empty one where they have none
 */
public record ChatTemplate(
        String name,
        List<Slot> prefix,
        List<Slot> system,
        List<Slot> user,
        List<Slot> assistant,
        String defaultSystem,
        List<String> stopWords,
        boolean replaceEos,
        boolean systemInUser,
        boolean reasoning) {

    static ChatTemplate named(String name) {
        return new ChatTemplate(
                name,
                List.of(),
                List.of(new Slot.Literal("{{content}}")),
                List.of(new Slot.Literal("{{content}}")),
                List.of(new Slot.Literal("{{content}}"), new Slot.Eos()),
                "",
                List.of(),
                false,
                false,
                false);
    }

    ChatTemplate prefix(Object... slots) {
        return new ChatTemplate(
                name,
                slots(slots),
                system,
                user,
                assistant,
                defaultSystem,
                stopWords,
                replaceEos,
                systemInUser,
                reasoning);
    }

    ChatTemplate system(Object... slots) {
        return new ChatTemplate(
                name,
                prefix,
                slots(slots),
                user,
                assistant,
                defaultSystem,
                stopWords,
                replaceEos,
                systemInUser,
                reasoning);
    }

    ChatTemplate user(Object... slots) {
        return new ChatTemplate(
                name,
                prefix,
                system,
                slots(slots),
                assistant,
                defaultSystem,
                stopWords,
                replaceEos,
                systemInUser,
                reasoning);
    }

    ChatTemplate assistant(Object... slots) {
        return new ChatTemplate(
                name,
                prefix,
                system,
                user,
                slots(slots),
                defaultSystem,
                stopWords,
                replaceEos,
                systemInUser,
                reasoning);
    }

    ChatTemplate stop(String... words) {
        return new ChatTemplate(
                name, prefix, system, user, assistant, defaultSystem, List.of(words), true, systemInUser, reasoning);
    }

    ChatTemplate insideUser() {
        return new ChatTemplate(
                name, prefix, system, user, assistant, defaultSystem, stopWords, replaceEos, true, reasoning);
    }

    ChatTemplate withThoughts() {
        return new ChatTemplate(
                name, prefix, system, user, assistant, defaultSystem, stopWords, replaceEos, systemInUser, true);
    }

    /** The same template under another default system message. */
    public ChatTemplate withDefaultSystem(String text) {
        return new ChatTemplate(
                name, prefix, system, user, assistant, text, stopWords, replaceEos, systemInUser, reasoning);
    }

    ChatTemplate withName(String other) {
        return new ChatTemplate(
                other, prefix, system, user, assistant, defaultSystem, stopWords, replaceEos, systemInUser, reasoning);
    }

    private static List<Slot> slots(Object... parts) {
        return List.of(parts).stream()
                .map(part -> part instanceof Slot slot ? slot : new Slot.Literal((String) part))
                .toList();
    }
}
