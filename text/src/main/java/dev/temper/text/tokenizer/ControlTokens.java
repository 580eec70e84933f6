package dev.temper.text.tokenizer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the control tokens written in a text, and gives each a name that no text can contain.
 *
 * <p>To encode a text in which some control tokens count and others are only characters, a second tokenizer knows the
 * control tokens by these names alone; those that count are renamed before they are encoded. The names hold a number
 * drawn at start, so nobody can write them.
 */
final class ControlTokens {
    private static final String NONCE = UUID.randomUUID().toString().replace("-", "");

    private final Map<Character, List<AddedToken>> byFirstCharacter;
    private final Map<String, String> names = new HashMap<>();

    ControlTokens(List<AddedToken> added) {
        List<AddedToken> special = added.stream()
                .filter(token -> token.special() && !token.content().isEmpty())
                .toList();
        byFirstCharacter = byFirstCharacter(special);
        special.forEach(token -> names.put(token.content(), "\uFDD0" + NONCE + "x" + token.id() + "\uFDD1"));
    }

    /** For finding at every place the longest: the tokens by their first character, the longest first. */
    static Map<Character, List<AddedToken>> byFirstCharacter(List<AddedToken> tokens) {
        Map<Character, List<AddedToken>> all = new HashMap<>();
        for (AddedToken token : tokens) {
            all.computeIfAbsent(token.content().charAt(0), c -> new ArrayList<>())
                    .add(token);
        }
        Comparator<AddedToken> longestFirst =
                Comparator.comparingInt((AddedToken t) -> t.content().length()).reversed();
        all.values().forEach(list -> list.sort(longestFirst));
        return all;
    }

    /** The name without a double in any text, by the token's content. */
    Map<String, String> names() {
        return names;
    }

    /** Whether joining the pieces makes a control token anywhere but wholly inside one piece of markup. */
    boolean appearInText(List<Piece> pieces) {
        StringBuilder whole = new StringBuilder();
        for (Piece piece : pieces) {
            whole.append(piece.text());
        }
        int[] cursor = {0, 0};
        boolean[] outside = {false};
        forEach(whole, (start, token) -> {
            while (cursor[1] + pieces.get(cursor[0]).text().length() <= start) {
                cursor[1] += pieces.get(cursor[0]).text().length();
                cursor[0]++;
            }
            Piece piece = pieces.get(cursor[0]);
            int end = start + token.content().length();
            outside[0] |= !piece.markup() || end > cursor[1] + piece.text().length();
        });
        return outside[0];
    }

    /** The pieces as one text, the control tokens of the markup renamed. */
    String rename(List<Piece> pieces) {
        StringBuilder renamed = new StringBuilder();
        for (Piece piece : pieces) {
            if (!piece.markup()) {
                renamed.append(piece.text());
                continue;
            }
            int[] copied = {0};
            forEach(piece.text(), (start, token) -> {
                renamed.append(piece.text(), copied[0], start).append(names.get(token.content()));
                copied[0] = start + token.content().length();
            });
            renamed.append(piece.text(), copied[0], piece.text().length());
        }
        return renamed.toString();
    }

    private static String shieldOf(AddedToken token) {
        return "\uFDD2" + NONCE + "x" + token.id() + "\uFDD3";
    }

    String shield(String text) {
        StringBuilder shielded = new StringBuilder();
        int[] copied = {0};
        forEach(text, (start, token) -> {
            shielded.append(text, copied[0], start).append(shieldOf(token));
            copied[0] = start + token.content().length();
        });
        return shielded.append(text, copied[0], text.length()).toString();
    }

    boolean shields(String text) {
        return text.contains("\uFDD2" + NONCE);
    }

    String unshield(String text) {
        String bare = text;
        for (List<AddedToken> tokens : byFirstCharacter.values()) {
            for (AddedToken token : tokens) {
                bare = bare.replace(shieldOf(token), token.content());
            }
        }
        return bare;
    }

    /** Leftmost, and of those that start together the longest, as the library matches them. */
    void forEach(CharSequence text, BiConsumer<Integer, AddedToken> found) {
        String searched = text.toString();
        for (int i = 0; i < searched.length(); ) {
            AddedToken token = at(searched, i);
            if (token == null) {
                i++;
            } else {
                found.accept(i, token);
                i += token.content().length();
            }
        }
    }

    private @Nullable AddedToken at(String text, int index) {
        List<AddedToken> candidates = byFirstCharacter.get(text.charAt(index));
        if (candidates != null) {
            for (AddedToken token : candidates) {
                if (text.startsWith(token.content(), index)) {
                    return token;
                }
            }
        }
        return null;
    }
}
