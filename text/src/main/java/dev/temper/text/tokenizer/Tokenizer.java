package dev.temper.text.tokenizer;

import dev.temper.contract.CodedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A model's tokenizer: tokenizer.json with the roles of its special tokens and the model's own chat template. Immutable
 * and safe for any number of threads.
 *
 * <p>Text is text: a control token such as {@code <|im_end|>} written by a user stays the characters it is made of. Only
 * {@link Piece#markup} and {@link #encodeMarkup} make control tokens of them. Added tokens that are not special (such as
 * {@code <think>}) are part of the language and always found.
 */
public final class Tokenizer {
    private final String json;
    private final SpecialTokens special;
    private final @Nullable String chatTemplate;
    private final List<AddedToken> added;
    private final Map<String, Integer> ids;
    private final String[] tokens;
    private final ControlTokens controls;
    private final NativeTokenizer whole;
    /** Does most texts much faster; null for a tokenizer of another make. */
    private @Nullable CachedBpe cached;

    /** Whether {@link #cached} was made, as it is when the first text is encoded. */
    private volatile boolean ready;
    /** Knows the control tokens under their secret names; made when the first text needs it. */
    private volatile @Nullable NativeTokenizer textOnly;

    private Tokenizer(String json, SpecialTokens special, @Nullable String chatTemplate) {
        this.json = json;
        this.special = special;
        this.chatTemplate = chatTemplate;
        TokenizerJson contents = TokenizerJson.read(json);
        this.added = contents.added();
        this.ids = contents.ids();
        this.tokens = new String
                [ids.values().stream().mapToInt(Integer::intValue).max().orElse(-1) + 1];
        ids.forEach((token, id) -> tokens[id] = token);
        this.controls = new ControlTokens(added);
        this.whole = NativeTokenizer.parse(json);
        for (String role : new String[] {special.bos(), special.eos(), special.pad()}) {
            if (role != null && !ids.containsKey(role)) {
                throw NativeTokenizer.broken("the special token " + role + " is not in its vocabulary");
            }
        }
    }

    /** Opens the tokenizer of a Hugging Face folder. */
    public static Tokenizer open(Path folder) {
        return new TokenizerFolder(folder).open();
    }

    /**
     * A tokenizer that is no file, such as one read from GGUF.
     *
     * @param json what tokenizer.json would hold
     */
    public static Tokenizer of(String json, SpecialTokens special, @Nullable String chatTemplate) {
        return new Tokenizer(json, special, chatTemplate);
    }

    /** The same tokenizer with another role for eos and with control tokens added where it lacks them. */
    public Tokenizer with(SpecialTokens roles, List<String> controlTokens) {
        List<AddedToken> more = new ArrayList<>();
        for (String token : controlTokens) {
            if (!ids.containsKey(token)) {
                more.add(new AddedToken(tokens.length + more.size(), token, true));
            }
        }
        if (more.isEmpty() && roles.equals(special)) {
            return this;
        }
        return new Tokenizer(more.isEmpty() ? json : TokenizerJson.extended(json, more), roles, chatTemplate);
    }

    /** The text's ids, nothing added, control tokens in it being text. */
    public int[] encode(String text) {
        return encode(List.of(Piece.text(text)));
    }

    /** The text's ids, nothing added, control tokens in it being control tokens. */
    public int[] encodeMarkup(String text) {
        Surrogates.refuse(text);
        return encodeWhole(text);
    }

    /** As {@link #encodeMarkup}, with what the tokenizer itself puts around a text, such as BOS. */
    public int[] encodeWithAddedTokens(String text) {
        Surrogates.refuse(text);
        return whole.encode(text, true);
    }

    /** The pieces joined and encoded as one text. */
    public int[] encode(List<Piece> pieces) {
        StringBuilder joined = new StringBuilder();
        for (Piece piece : pieces) {
            joined.append(piece.text());
        }
        Surrogates.refuse(joined);
        if (controls.appearInText(pieces)) {
            return textOnly().encode(controls.rename(pieces), false);
        }
        return encodeWhole(joined.toString());
    }

    private int[] encodeWhole(String text) {
        if (!ready) {
            synchronized (this) {
                if (!ready) {
                    cached = CachedBpe.of(json, added);
                    ready = true;
                }
            }
        }
        CachedBpe fast = cached;
        int @Nullable [] ids = fast == null ? null : fast.encode(text);
        return ids == null ? whole.encode(text, false) : ids;
    }

    /** Whether a text holds something that markup would take for a control token. */
    public boolean holdsControlTokens(String text) {
        return controls.appearInText(List.of(Piece.text(text)));
    }

    /**
     * The text with its control tokens marked as text, to be put into markup that is encoded by {@link #encodeShielded}.
     */
    public String shield(String text) {
        return holdsControlTokens(text) ? controls.shield(text) : text;
    }

    /** As {@link #encodeMarkup}, but for control tokens that came in by {@link #shield}, which are text. */
    public int[] encodeShielded(String markup) {
        if (!controls.shields(markup)) {
            return encodeMarkup(markup);
        }
        Surrogates.refuse(markup);
        return textOnly().encode(controls.unshield(controls.rename(List.of(Piece.markup(markup)))), false);
    }

    /** The tokens of a marked-up text with where each came from. */
    public TokenizedText analyse(String text) {
        Surrogates.refuse(text);
        return whole.analyse(text, false);
    }

    /** The text of ids, control tokens included. Bytes that are no UTF-8 become U+FFFD. */
    public String decode(int... sequence) {
        return whole.decode(sequence, 0, sequence.length, false);
    }

    /** The text of ids without control tokens. */
    public String decodeText(int... sequence) {
        return whole.decode(sequence, 0, sequence.length, true);
    }

    String decode(int[] sequence, int from, int to, boolean skipSpecialTokens) {
        return whole.decode(sequence, from, to, skipSpecialTokens);
    }

    /** A decoded text without half a character at its end, where its ids were cut within one. */
    public static String untorn(String decoded) {
        int end = decoded.length();
        while (end > 0 && decoded.charAt(end - 1) == '\uFFFD') {
            end--;
        }
        return decoded.substring(0, end);
    }

    /** The number of ids a model needs rows for: the highest id and one. */
    public int vocabularySize() {
        return tokens.length;
    }

    /** The id of a token as the vocabulary writes it. */
    public OptionalInt id(String token) {
        Integer id = ids.get(token);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    /** The id of a token that has to be there. */
    public int requireId(String token) {
        return id(token)
                .orElseThrow(() -> CodedException.user(
                                "token_unknown",
                                "The tokenizer has no token " + token + ".",
                                "Choose the template that belongs to the model.")
                        .with("token", token));
    }

    /** How the vocabulary writes an id; empty for ids it does not have. */
    public Optional<String> token(int id) {
        return id >= 0 && id < tokens.length ? Optional.ofNullable(tokens[id]) : Optional.empty();
    }

    public List<AddedToken> addedTokens() {
        return added;
    }

    public SpecialTokens specialTokens() {
        return special;
    }

    public OptionalInt bosId() {
        return roleId(special.bos());
    }

    public OptionalInt eosId() {
        return roleId(special.eos());
    }

    /** The padding id; that of eos where there is none. */
    public OptionalInt padId() {
        return special.pad() == null ? eosId() : roleId(special.pad());
    }

    /** The model's own chat template in Jinja. */
    public Optional<String> chatTemplate() {
        return Optional.ofNullable(chatTemplate);
    }

    /** What tokenizer.json holds, for saving it beside a trained model. */
    public String json() {
        return json;
    }

    private OptionalInt roleId(@Nullable String token) {
        return token == null ? OptionalInt.empty() : id(token);
    }

    private NativeTokenizer textOnly() {
        NativeTokenizer made = textOnly;
        if (made == null) {
            synchronized (this) {
                made = textOnly;
                if (made == null) {
                    made = NativeTokenizer.parse(TokenizerJson.renamed(json, controls.names()));
                    textOnly = made;
                }
            }
        }
        return made;
    }
}
