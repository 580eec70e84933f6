package dev.temper.data.learn;

import dev.temper.contract.CodedException;
import dev.temper.data.row.Row;
import dev.temper.data.row.Speaker;
import dev.temper.data.row.Turn;
import dev.temper.text.Conversation;
import dev.temper.text.Message;
import dev.temper.text.template.ChatTemplates;
import dev.temper.text.template.ConversationEncoder;
import dev.temper.text.template.EncodingOptions;
import dev.temper.text.template.JinjaEncoder;
import dev.temper.text.template.TemplateEncoder;
import dev.temper.text.tokenizer.Tokenizer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes of canonical rows the tokens that a training makes of them. Safe for any number of threads. */
public final class RowEncoder {
    /** The template that the model itself brings. */
    public static final String OWN = "auto";

    private final ConversationEncoder encoder;
    private final EncodingOptions options;

    private RowEncoder(ConversationEncoder encoder, EncodingOptions options) {
        this.encoder = encoder;
        this.options = options;
    }

    /** @param template by its name, or {@link #OWN} */
    public static RowEncoder of(Tokenizer tokenizer, String template) {
        // Rows are encoded uncut, so that one count serves every cutoff.
        EncodingOptions options = EncodingOptions.cutoff(Integer.MAX_VALUE);
        ConversationEncoder encoder = template.equals(OWN)
                ? JinjaEncoder.of(tokenizer, options, Clock.systemUTC())
                : TemplateEncoder.of(ChatTemplates.require(template), tokenizer, options);
        return new RowEncoder(encoder, options);
    }

    /** The templates that go with a tokenizer, the likeliest first. */
    public static List<String> templates(Tokenizer tokenizer) {
        List<String> names = new ArrayList<>();
        if (tokenizer.chatTemplate().isPresent()) {
            names.add(OWN);
        }
        ChatTemplates.all().stream()
                .filter(template -> template.stopWords().stream()
                        .allMatch(word -> tokenizer.id(word).isPresent()))
                .map(template -> template.name())
                .sorted((one, other) -> Boolean.compare(one.equals("empty"), other.equals("empty")))
                .forEach(names::add);
        return names;
    }

    public Tokenizer tokenizer() {
        return encoder.tokenizer();
    }

    public EncodedRow encode(Row row) {
        try {
            return row.text() != null ? text(row.text()) : talk(row);
        } catch (CodedException told) {
            return new EncodedRow.Unfit(
                    switch (told.code()) {
                        case "conversation_roles_out_of_order", "conversation_unanswered" -> Loss.ROLES_OUT_OF_ORDER;
                        case "conversation_empty", "conversation_turn_empty" -> Loss.EMPTY;
                        default -> Loss.UNENCODABLE;
                    });
        }
    }

    private EncodedRow text(String text) {
        int[] ids = text.isBlank() ? new int[0] : encoder.text(text, options);
        return ids.length == 0
                ? new EncodedRow.Unfit(Loss.EMPTY)
                : new EncodedRow.Turns(List.of(new dev.temper.text.template.Turn(new int[0], ids)), null);
    }

    private EncodedRow talk(Row row) {
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < row.turns().size(); i++) {
            Message message = message(row.turns().get(i), i == 0);
            if (message == null) {
                return new EncodedRow.Unfit(Loss.UNSUPPORTED_TURN);
            }
            messages.add(message);
        }
        Turn chosen = row.chosen();
        Turn rejected = row.rejected();
        if (chosen != null && rejected != null) {
            return pair(Conversation.of(messages), chosen.text(), rejected.text());
        }
        Conversation conversation = Conversation.of(messages).requireText();
        return conversation.answered()
                ? new EncodedRow.Turns(encoder.turns(conversation, options.maskHistory()), null)
                : new EncodedRow.Unfit(Loss.ROLES_OUT_OF_ORDER);
    }

    private EncodedRow pair(Conversation prompt, String chosen, String rejected) {
        if (prompt.answered()) {
            return new EncodedRow.Unfit(Loss.ROLES_OUT_OF_ORDER);
        }
        return new EncodedRow.Turns(
                List.of(encoder.lastTurn(prompt.answeredWith(chosen).requireText())),
                encoder.lastTurn(prompt.answeredWith(rejected).requireText()));
    }

    /** Null for what no template here can write: tools, later words of the system, turns marked not to be learned. */
    private static @Nullable Message message(Turn turn, boolean first) {
        boolean plain = !turn.more().containsKey("tool_calls")
                && (!turn.more().containsKey("weight")
                        || turn.more().get("weight").asDouble(1) != 0);
        if (!plain || turn.speaker() == Speaker.TOOL || (turn.speaker() == Speaker.SYSTEM && !first)) {
            return null;
        }
        return switch (turn.speaker()) {
            case SYSTEM -> Message.system(turn.text());
            case USER -> Message.user(turn.text());
            case ASSISTANT, TOOL -> Message.assistant(turn.text());
        };
    }
}
