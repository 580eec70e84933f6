package dev.temper.data.read;

import dev.temper.data.row.Place;
import java.nio.charset.Charset;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What makes one record unusable although the file can be read on behind it. */
record Flaw(ReadCode code, Map<String, Object> facts) {
    static Flaw of(ReadCode code) {
        return new Flaw(code, Map.of());
    }

    /** What is wrong with these characters; null where nothing is. */
    static @Nullable Flaw in(String text, Charset charset) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == Characters.MALFORMED) {
                return new Flaw(ReadCode.ENCODING_INVALID, Map.of("encoding", charset.name()));
            }
            if (c == 0) {
                return of(ReadCode.CHARACTER_NUL);
            }
            if (Character.isSurrogate(c)) {
                boolean paired = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!paired) {
                    return of(ReadCode.CHARACTER_UNPAIRED);
                }
                i++;
            }
        }
        return null;
    }

    Item at(Place place, JsonNode content) {
        return new Item.Unreadable(code.leftOut(place, facts, content));
    }
}
