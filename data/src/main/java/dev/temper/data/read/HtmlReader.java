package dev.temper.data.read;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.select.NodeVisitor;
import org.jspecify.annotations.Nullable;

/** The text of a page, a block at a time: what a reader sees as a paragraph, a heading, a list's item, a table's row. */
final class HtmlReader implements FormatReader {
    private static final Set<String> UNSEEN =
            Set.of("script", "style", "noscript", "template", "head", "svg", "iframe");
    private static final Set<String> CELLS = Set.of("td", "th");
    private static final Set<String> INLINE_BLOCKS = Set.of("td", "th", "button", "select", "option", "label");

    private record Block(String text, long line) {}

    private final Content content;
    private final Charset charset;
    private final Deque<Block> blocks;
    private final int total;

    HtmlReader(Content content, Charset charset, Limits limits) throws IOException {
        this.content = content;
        this.charset = charset;
        this.blocks = new Collecting().in(parsed(content, charset, limits));
        this.total = blocks.size();
        if (blocks.isEmpty()) {
            throw ReadCode.TEXT_MISSING.at(content.place(0), Map.of());
        }
    }

    private static Document parsed(Content content, Charset charset, Limits limits) throws IOException {
        byte[] bytes;
        try (InputStream in = content.open()) {
            bytes = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, limits.documentBytes() + 1));
        }
        if (bytes.length > limits.documentBytes()) {
            throw ReadCode.DOCUMENT_TOO_LARGE.at(content.place(0), Map.of("limit", limits.documentBytes()));
        }
        Parser parser = Parser.htmlParser().setTrackPosition(true);
        return Jsoup.parse(new ByteArrayInputStream(bytes), charset.name(), "", parser);
    }

    @Override
    public @Nullable Item next() {
        Block block = blocks.poll();
        return block == null ? null : TextReader.item(block.text(), block.line(), content, charset);
    }

    @Override
    public double progress() {
        return total == 0 ? 1 : 1 - (double) blocks.size() / total;
    }

    @Override
    public void close() {}

    /** Walks through a page and cuts its text where blocks begin and end. */
    private static final class Collecting implements NodeVisitor {
        private final Deque<Block> found = new ArrayDeque<>();
        private final StringBuilder text = new StringBuilder();
        private long line;
        private int unseen;
        private int preformatted;

        Deque<Block> in(Document page) {
            page.traverse(this);
            flush();
            return found;
        }

        @Override
        public void head(Node node, int depth) {
            if (node instanceof TextNode words && unseen == 0) {
                String some = words.getWholeText();
                String shown = preformatted > 0 ? some : some.replaceAll("\\s+", " ");
                if (text.isEmpty() && !shown.isBlank()) {
                    line = node.sourceRange().start().lineNumber();
                }
                text.append(text.isEmpty() && preformatted == 0 ? shown.stripLeading() : shown);
            } else if (node instanceof Element element) {
                unseen += UNSEEN.contains(element.normalName()) ? 1 : 0;
                preformatted += element.normalName().equals("pre") ? 1 : 0;
                if (element.normalName().equals("br")) {
                    text.append('\n');
                } else if (CELLS.contains(element.normalName()) && !text.isEmpty()) {
                    text.append('\t');
                } else if (isBlock(element)) {
                    flush();
                }
            }
        }

        @Override
        public void tail(Node node, int depth) {
            if (node instanceof Element element) {
                unseen -= UNSEEN.contains(element.normalName()) ? 1 : 0;
                preformatted -= element.normalName().equals("pre") ? 1 : 0;
                if (isBlock(element)) {
                    flush();
                }
            }
        }

        private static boolean isBlock(Element element) {
            return element.isBlock() && !INLINE_BLOCKS.contains(element.normalName());
        }

        private void flush() {
            String block = text.toString().strip();
            if (!block.isEmpty()) {
                found.add(new Block(block, Math.max(1, line)));
            }
            text.setLength(0);
        }
    }
}
