package dev.temper.text.template;

import dev.temper.contract.CodedException;
import dev.temper.text.Conversation;
import dev.temper.text.Message;
import dev.temper.text.jinja.JinjaTemplate;
import dev.temper.text.jinja.Rendering;
import dev.temper.text.tokenizer.SpecialTokens;
import dev.temper.text.tokenizer.Tokenizer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Encodes by a model's own Jinja template. What is learned is what the template marks as generated; where it marks
 * nothing, it is what the template adds when an answer is added.
 */
public final class JinjaEncoder implements ConversationEncoder {
    private static final List<String> KNOWN_ENDS =
            List.of("<|im_end|>", "<|eot_id|>", "<end_of_turn>", "<|end|>", "<|eom_id|>");

    private final Tokenizer tokenizer;
    private final String source;
    private final JinjaTemplate template;
    private final boolean thinking;
    private final boolean controlTokensInText;
    private final Clock clock;

    private JinjaEncoder(Tokenizer tokenizer, String source, EncodingOptions options, Clock clock) {
        this.tokenizer = tokenizer;
        this.source = source;
        this.template = JinjaTemplate.compile(source);
        this.thinking = options.thinking();
        this.controlTokensInText = options.controlTokensInText();
        this.clock = clock;
    }

    /**
     * An encoder by the tokenizer's own chat template.
     *
     * @param clock what a template that writes today's date reads
     */
    public static JinjaEncoder of(Tokenizer tokenizer, EncodingOptions options, Clock clock) {
        String source = tokenizer
                .chatTemplate()
                .orElseThrow(() -> CodedException.user(
                        "chat_template_missing",
                        "The model brings no chat template of its own.",
                        "Choose one of the named templates, or add chat_template.jinja to the model."));
        return new JinjaEncoder(tokenizer, source, options, clock);
    }

    @Override
    public Tokenizer tokenizer() {
        return tokenizer;
    }

    @Override
    public List<Turn> turns(Conversation conversation, boolean lastOnly) {
        requireAnswer(conversation);
        List<Message> messages = conversation.messages();
        if (source.contains("generation")) {
            Rendering rendering = render(conversation.system(), messages, false);
            if (!rendering.generated().isEmpty()) {
                return marked(rendering);
            }
        }
        if (lastOnly) {
            return List.of(lastTurn(conversation));
        }
        List<Turn> turns = new ArrayList<>();
        String before = "";
        for (int i = 0; i < messages.size(); i += 2) {
            String asked = render(conversation.system(), messages.subList(0, i + 1), true)
                    .text();
            String answered = render(conversation.system(), messages.subList(0, i + 2), false)
                    .text();
            turns.add(new Turn(
                    tokenizer.encodeShielded(added(before, asked)), tokenizer.encodeShielded(added(asked, answered))));
            before = answered;
        }
        return turns;
    }

    private List<Turn> marked(Rendering rendering) {
        List<Turn> turns = new ArrayList<>();
        int from = 0;
        for (Rendering.Span answer : rendering.generated()) {
            turns.add(new Turn(
                    tokenizer.encodeShielded(rendering.text().substring(from, answer.start())),
                    tokenizer.encodeShielded(rendering.text().substring(answer.start(), answer.end()))));
            from = answer.end();
        }
        String rest = rendering.text().substring(from);
        if (!rest.isEmpty()) {
            turns.add(new Turn(tokenizer.encodeShielded(rest), new int[0]));
        }
        return turns;
    }

    @Override
    public Turn lastTurn(Conversation conversation) {
        requireAnswer(conversation);
        List<Message> messages = conversation.messages();
        String asked = render(conversation.system(), messages.subList(0, messages.size() - 1), true)
                .text();
        String answered = render(conversation.system(), messages, false).text();
        return new Turn(tokenizer.encodeShielded(asked), tokenizer.encodeShielded(added(asked, answered)));
    }

    @Override
    public int[] prompt(Conversation conversation) {
        return tokenizer.encodeShielded(
                render(conversation.system(), conversation.messages(), true).text());
    }

    @Override
    public int[] stopIds() {
        IntStream ends =
                KNOWN_ENDS.stream().filter(source::contains).flatMapToInt(token -> tokenizer.id(token).stream());
        return IntStream.concat(ends, tokenizer.eosId().stream())
                .distinct()
                .sorted()
                .toArray();
    }

    @Override
    public boolean holdsControlTokens(Conversation conversation) {
        return Stream.concat(
                        Stream.of(conversation.system()),
                        conversation.messages().stream().map(Message::content))
                .anyMatch(tokenizer::holdsControlTokens);
    }

    private static void requireAnswer(Conversation conversation) {
        if (!conversation.answered()) {
            throw CodedException.user(
                    "conversation_unanswered",
                    "The conversation ends with the user; there is no answer to learn.",
                    "Add the assistant's answer, or leave the row out.");
        }
    }

    /** What the template added; it must not have changed what it wrote before. */
    private static String added(String before, String after) {
        if (!after.startsWith(before)) {
            throw CodedException.user(
                    "chat_template_rewrites_history",
                    "The model's chat template writes a conversation differently once it goes on,"
                            + " so its turns cannot be learned one by one.",
                    "Set mask_history to learn the last answer alone, or choose a named template.");
        }
        return after.substring(before.length());
    }

    private Rendering render(String system, List<Message> messages, boolean answerNext) {
        Map<String, Object> variables = new HashMap<>();
        List<Map<String, String>> said = new ArrayList<>();
        if (!system.isEmpty()) {
            said.add(Map.of("role", "system", "content", content(system)));
        }
        for (Message message : messages) {
            said.add(Map.of(
                    "role", message.role().name().toLowerCase(Locale.ROOT), "content", content(message.content())));
        }
        variables.put("messages", said);
        variables.put("add_generation_prompt", answerNext);
        variables.put("enable_thinking", thinking);
        SpecialTokens special = tokenizer.specialTokens();
        putToken(variables, "bos_token", special.bos());
        putToken(variables, "eos_token", special.eos());
        putToken(variables, "pad_token", special.pad());
        putToken(variables, "unk_token", special.unk());
        return template.trace(variables, clock);
    }

    private static void putToken(Map<String, Object> variables, String name, @Nullable String token) {
        if (token != null) {
            variables.put(name, token);
        }
    }

    private String content(String text) {
        return controlTokensInText ? text : tokenizer.shield(text);
    }
}
