package dev.temper.data.read;

import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Plain text as paragraphs: lines up to a blank one. In Markdown a fenced block stays in one piece. */
final class TextReader implements FormatReader {
    static final String COLUMN = "text";

    private static final int SHOWN = 2_000;

    private final Content content;
    private final Charset charset;
    private final Limits limits;
    private final boolean fences;
    private final Lines lines;
    private boolean waiting;

    TextReader(Content content, Charset charset, Limits limits, boolean fences) throws IOException {
        this.content = content;
        this.charset = charset;
        this.limits = limits;
        this.fences = fences;
        this.lines = new Lines(Characters.open(content, charset), limits.recordCharacters());
    }

    @Override
    public @Nullable Item next() throws IOException {
        StringBuilder paragraph = new StringBuilder();
        long first = 0;
        boolean fenced = false;
        while (waiting || lines.next()) {
            waiting = false;
            String line = lines.text();
            if (line.isBlank() && !fenced) {
                if (!paragraph.isEmpty()) {
                    break;
                }
                continue;
            }
            boolean full = paragraph.length() + line.length() > limits.recordCharacters();
            if (!paragraph.isEmpty() && (full || lines.isTooLong())) {
                waiting = true;
                break;
            }
            if (lines.isTooLong()) {
                return new Flaw(ReadCode.RECORD_TOO_LONG, Map.of("limit", limits.recordCharacters()))
                        .at(
                                content.place(lines.number()),
                                value(line.substring(0, Math.min(line.length(), SHOWN)) + "…"));
            }
            first = paragraph.isEmpty() ? lines.number() : first;
            paragraph.append(paragraph.isEmpty() ? "" : "\n").append(line);
            fenced ^= fences && line.stripLeading().startsWith("```");
        }
        return paragraph.isEmpty() ? null : item(paragraph.toString(), first, content, charset);
    }

    /** A paragraph as a record, or what is wrong with its characters. */
    static Item item(String text, long line, Content content, Charset charset) {
        Flaw flaw = Flaw.in(text, charset);
        return flaw == null
                ? new Item.Value(content.place(line), value(text))
                : flaw.at(content.place(line), value(text));
    }

    static ObjectNode value(String text) {
        return Json.NODES.objectNode().put(COLUMN, text);
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
