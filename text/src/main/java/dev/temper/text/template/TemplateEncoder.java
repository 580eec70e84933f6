package dev.temper.text.template;

import dev.temper.contract.CodedException;
import dev.temper.text.Conversation;
import dev.temper.text.Message;
import dev.temper.text.Role;
import dev.temper.text.tokenizer.Piece;
import dev.temper.text.tokenizer.SpecialTokens;
import dev.temper.text.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Encodes by a fixed template: every slot is tokenised on its own, which decides where tokens can meet. */
public final class TemplateEncoder implements ConversationEncoder {
    private static final String CONTENT = "{{content}}";
    private static final String TURN = "{{idx}}";

    private final ChatTemplate template;
    private final Tokenizer tokenizer;
    private final boolean thinking;
    private final boolean controlTokensInText;

    private TemplateEncoder(ChatTemplate template, Tokenizer tokenizer, boolean thinking, boolean controlTokensInText) {
        this.template = template;
        this.tokenizer = tokenizer;
        this.thinking = thinking;
        this.controlTokensInText = controlTokensInText;
    }

    /**
     * An encoder for a model's tokenizer. The tokenizer is changed as the template wants it: stop words it lacks are
     * added, and the first takes the place of EOS where the template says so.
     */
    public static TemplateEncoder of(ChatTemplate template, Tokenizer tokenizer, EncodingOptions options) {
        SpecialTokens own = tokenizer.specialTokens();
        String eos = template.replaceEos() ? template.stopWords().getFirst() : own.eos();
        SpecialTokens roles = new SpecialTokens(own.bos(), eos, own.pad() == null ? eos : own.pad(), own.unk());
        return new TemplateEncoder(
                template,
                tokenizer.with(roles, template.stopWords()),
                options.thinking(),
                options.controlTokensInText());
    }

    @Override
    public Tokenizer tokenizer() {
        return tokenizer;
    }

    @Override
    public List<Turn> turns(Conversation conversation, boolean lastOnly) {
        requireAnswer(conversation);
        List<Message> messages = conversation.messages();
        int last = messages.size() - 2;
        if (template.reasoning() && !thinking) {
            messages = Thoughts.removedFrom(messages, messages.size());
        } else if (template.reasoning() && lastOnly) {
            messages = Thoughts.removedFrom(messages, last);
        }
        List<int[]> encoded = encode(conversation.system(), messages);
        List<Turn> turns = new ArrayList<>();
        for (int i = 0; i <= last; i += 2) {
            Turn turn = new Turn(encoded.get(i), encoded.get(i + 1));
            boolean wanted = i == last || !lastOnly;
            turns.add(wanted ? withEmptyThought(turn, messages.get(i + 1).content()) : turn);
        }
        return turns;
    }

    @Override
    public Turn lastTurn(Conversation conversation) {
        requireAnswer(conversation);
        List<Message> messages = conversation.messages();
        if (template.reasoning()) {
            messages = Thoughts.removedFrom(messages, thinking ? messages.size() - 1 : messages.size());
        }
        List<int[]> encoded = encode(conversation.system(), messages);
        int[] prompt = join(encoded.subList(0, encoded.size() - 1));
        return withEmptyThought(
                new Turn(prompt, encoded.getLast()), messages.getLast().content());
    }

    @Override
    public int[] prompt(Conversation conversation) {
        // An answer that already thinks keeps the empty thought out: with thinking on, the model writes its own.
        return lastTurn(conversation.answeredWith(thinking ? "<think>" : "")).prompt();
    }

    @Override
    public int[] stopIds() {
        IntStream words = template.stopWords().stream().mapToInt(tokenizer::requireId);
        OptionalInt eos = tokenizer.eosId();
        return IntStream.concat(words, eos.stream()).distinct().sorted().toArray();
    }

    @Override
    public boolean holdsControlTokens(Conversation conversation) {
        return tokenizer.holdsControlTokens(conversation.system())
                || conversation.messages().stream().anyMatch(m -> tokenizer.holdsControlTokens(m.content()));
    }

    private static void requireAnswer(Conversation conversation) {
        if (!conversation.answered()) {
            throw CodedException.user(
                    "conversation_unanswered",
                    "The conversation ends with the user; there is no answer to learn.",
                    "Add the assistant's answer, or leave the row out.");
        }
    }

    private Turn withEmptyThought(Turn turn, String answer) {
        if (!template.reasoning() || Thoughts.in(answer)) {
            return turn;
        }
        int[] thought = tokenizer.encodeMarkup(Thoughts.EMPTY);
        return thinking
                ? new Turn(turn.prompt(), join(List.of(thought, turn.response())))
                : new Turn(join(List.of(turn.prompt(), thought)), turn.response());
    }

    /** The messages one by one, the system's in the first. */
    private List<int[]> encode(String ownSystem, List<Message> messages) {
        String system = ownSystem.isEmpty() ? template.defaultSystem() : ownSystem;
        List<int[]> encoded = new ArrayList<>(messages.size());
        for (int i = 0; i < messages.size(); i++) {
            List<int[]> slots = new ArrayList<>();
            List<Piece> before = List.of();
            if (i == 0) {
                write(template.prefix(), List.of(), -1, slots);
                if (!system.isEmpty() && template.systemInUser()) {
                    before = fill(((Slot.Literal) template.system().getFirst()).text(), content(system), -1);
                } else if (!system.isEmpty()) {
                    write(template.system(), content(system), -1, slots);
                }
            }
            Message message = messages.get(i);
            List<Piece> said = new ArrayList<>(before);
            said.addAll(content(message.content()));
            boolean user = message.role() == Role.USER;
            int turn = user && !template.systemInUser() ? i / 2 : -1;
            write(user ? template.user() : template.assistant(), said, turn, slots);
            encoded.add(join(slots));
        }
        return encoded;
    }

    private List<Piece> content(String text) {
        return List.of(new Piece(text, controlTokensInText));
    }

    private void write(List<Slot> slots, List<Piece> content, int turn, List<int[]> to) {
        for (Slot slot : slots) {
            switch (slot) {
                case Slot.Bos bos -> tokenizer.bosId().ifPresent(id -> to.add(new int[] {id}));
                case Slot.Eos eos -> tokenizer.eosId().ifPresent(id -> to.add(new int[] {id}));
                case Slot.Literal literal -> to.add(tokenizer.encode(fill(literal.text(), content, turn)));
            }
        }
    }

    /** @param turn the number that {@code {{idx}}} stands for in LLaMA-Factory's reading, -1 for none */
    private List<Piece> fill(String literal, List<Piece> content, int turn) {
        int at = literal.indexOf(CONTENT);
        if (at < 0) {
            return List.of(Piece.markup(literal));
        }
        List<Piece> filled = new ArrayList<>();
        filled.add(Piece.markup(literal.substring(0, at)));
        filled.addAll(content);
        filled.add(Piece.markup(literal.substring(at + CONTENT.length())));
        return controlTokensInText && turn >= 0 ? numbered(filled, turn) : filled;
    }

    private static List<Piece> numbered(List<Piece> pieces, int turn) {
        StringBuilder joined = new StringBuilder();
        pieces.forEach(piece -> joined.append(piece.text()));
        int at = joined.indexOf(TURN);
        if (at >= 0) {
            joined.replace(at, at + TURN.length(), Integer.toString(turn));
        }
        return List.of(Piece.markup(joined.toString()));
    }

    private static int[] join(List<int[]> parts) {
        int[] joined = new int[parts.stream().mapToInt(part -> part.length).sum()];
        int at = 0;
        for (int[] part : parts) {
            System.arraycopy(part, 0, joined, at, part.length);
            at += part.length;
        }
        return Arrays.copyOf(joined, at);
    }
}
