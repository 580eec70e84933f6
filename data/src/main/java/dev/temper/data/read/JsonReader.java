package dev.temper.data.read;

import dev.temper.contract.CodedException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JsonNode;

/**
 * The elements of one or several arrays of a JSON file, wherever they are, or the values at its top one after another. The
 * file is read as a stream to its very end, so that one cut off is noticed.
 */
final class JsonReader implements FormatReader {
    private final Content content;
    private final Limits limits;
    private final JsonParser parser;
    private final Json values;
    private final Set<String> wanted;
    private final Set<String> met = new HashSet<>();
    private final boolean several;
    /** Pointers of the objects that are open around the current token. */
    private final Deque<String> open = new ArrayDeque<>();

    private @Nullable String array;
    private boolean atEnd;

    JsonReader(Content content, Charset charset, List<String> paths, Limits limits) throws IOException {
        this.content = content;
        this.limits = limits;
        this.wanted = Set.copyOf(paths);
        this.several = paths.size() > 1;
        this.parser = Json.factory(limits.recordCharacters())
                .createParser(ObjectReadContext.empty(), Characters.open(content, charset));
        this.values = new Json(parser, charset, limits.recordCharacters());
    }

    @Override
    public @Nullable Item next() throws IOException {
        if (atEnd) {
            return null;
        }
        try {
            return find();
        } catch (Json.RecordTooLong tooLong) {
            throw tooLong();
        } catch (StreamConstraintsException refused) {
            throw Reasons.of(refused).startsWith("String value length") ? tooLong() : broken(refused);
        } catch (JacksonException broken) {
            throw broken(broken);
        }
    }

    private @Nullable Item find() {
        while (true) {
            JsonToken token = parser.nextToken();
            if (token == null) {
                atEnd = true;
                missing();
                return null;
            }
            if (array != null) {
                if (token != JsonToken.END_ARRAY) {
                    return item(token);
                }
                array = null;
            } else if (open.isEmpty() && wanted.contains("")) {
                met.add("");
                if (token != JsonToken.START_ARRAY) {
                    return item(token);
                }
                array = "";
            } else {
                descend(token);
            }
        }
    }

    private void descend(JsonToken token) {
        switch (token) {
            case START_OBJECT -> open.push(pointer());
            case END_OBJECT -> open.pop();
            case START_ARRAY -> {
                String pointer = pointer();
                if (wanted.contains(pointer)) {
                    array = pointer;
                    met.add(pointer);
                } else {
                    parser.skipChildren();
                }
            }
            default -> {
                // A name, or a value that is no row.
            }
        }
    }

    private String pointer() {
        String name = parser.currentName();
        String parent = open.isEmpty() ? "" : open.element();
        return name == null ? parent : parent + "/" + escaped(name);
    }

    static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private Item item(JsonToken token) {
        long line = parser.currentTokenLocation().getLineNr();
        JsonNode value = values.value(token);
        var place = several && array != null ? content.place(array, line) : content.place(line);
        Flaw flaw = values.flaw();
        return flaw == null ? new Item.Value(place, value) : flaw.at(place, value);
    }

    private void missing() {
        for (String path : wanted) {
            if (!met.contains(path) && !path.isEmpty()) {
                throw ReadCode.JSON_PATH_MISSING.at(content.place(0), Map.of("path", path));
            }
        }
    }

    private CodedException broken(JacksonException thrown) {
        TokenStreamLocation where = thrown.getLocation() == null ? parser.currentLocation() : thrown.getLocation();
        return ReadCode.JSON_BROKEN
                .at(
                        content.place(where.getLineNr()),
                        Map.of("column", where.getColumnNr(), "reason", Reasons.of(thrown)))
                .because(thrown);
    }

    private CodedException tooLong() {
        return ReadCode.RECORD_TOO_LONG.at(
                content.place(parser.currentTokenLocation().getLineNr()), Map.of("limit", limits.recordCharacters()));
    }

    @Override
    public void close() {
        parser.close();
    }
}
