package dev.temper.data.read;

import dev.temper.data.row.Place;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;

/** One JSON value a line; a broken line is reported and the next one read. */
final class JsonLinesReader implements FormatReader {
    private static final int SHOWN = 2_000;

    private final Content content;
    private final Charset charset;
    private final Limits limits;
    private final Lines lines;
    private final JsonFactory factory;

    JsonLinesReader(Content content, Charset charset, Limits limits) throws IOException {
        this.content = content;
        this.charset = charset;
        this.limits = limits;
        this.lines = new Lines(Characters.open(content, charset), limits.recordCharacters());
        this.factory = Json.factory(limits.recordCharacters());
    }

    @Override
    public @Nullable Item next() throws IOException {
        while (lines.next()) {
            String line = lines.text();
            if (lines.isTooLong()) {
                String shown = line.substring(0, Math.min(line.length(), SHOWN)) + "…";
                return new Flaw(ReadCode.RECORD_TOO_LONG, Map.of("limit", limits.recordCharacters()))
                        .at(place(), Json.NODES.stringNode(shown));
            }
            if (!line.isBlank()) {
                return item(line);
            }
        }
        return null;
    }

    private Item item(String line) {
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), line)) {
            Json values = new Json(parser, charset, limits.recordCharacters());
            JsonToken first = parser.nextToken();
            if (first == null) {
                return broken(line, "nothing but white space");
            }
            JsonNode value = values.value(first);
            if (parser.nextToken() != null) {
                return broken(line, "there is more behind the end of the value");
            }
            Flaw flaw = values.flaw();
            return flaw == null ? new Item.Value(place(), value) : flaw.at(place(), value);
        } catch (JacksonException broken) {
            // Bytes that are no characters break the JSON too, and are the better reason.
            Flaw flaw = Flaw.in(line, charset);
            return flaw == null ? broken(line, Reasons.of(broken)) : flaw.at(place(), Json.NODES.stringNode(line));
        }
    }

    private Item broken(String line, String reason) {
        return new Flaw(ReadCode.RECORD_BROKEN, Map.of("reason", reason)).at(place(), Json.NODES.stringNode(line));
    }

    private Place place() {
        return content.place(lines.number());
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
