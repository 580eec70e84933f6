package dev.temper.data.read;

import dev.temper.contract.CodedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * The paragraphs of a Word document, streamed, with the numbers that Word puts before them: in an exam paper “1.” and “A.”
 * mostly stand nowhere in the text.
 */
final class DocxReader implements FormatReader {
    private static final String DOCUMENT = "word/document.xml";

    private final Content content;
    private final ZipFile zip;
    private final InputStream in;
    private final XMLStreamReader xml;
    private final DocxNumbering numbering;
    private long number;
    private boolean any;

    DocxReader(Content content, Limits limits) throws IOException {
        this.content = content;
        new XmlGuard(content, limits).check("word/numbering.xml");
        this.zip = new ZipFile(content.path().toFile());
        try {
            ZipEntry document = zip.getEntry(DOCUMENT);
            if (document == null) {
                throw ReadCode.FILE_BROKEN.at(content.place(0), Map.of("reason", "there is no " + DOCUMENT));
            }
            this.numbering = DocxNumbering.of(zip);
            this.in = zip.getInputStream(document);
            this.xml = factory().createXMLStreamReader(in);
        } catch (XMLStreamException broken) {
            zip.close();
            throw broken(broken);
        } catch (IOException | RuntimeException failed) {
            zip.close();
            throw failed;
        }
    }

    /** Never looks at a document type, nor outside the document. */
    static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    @Override
    public @Nullable Item next() {
        try {
            for (String text = paragraph(); text != null; text = paragraph()) {
                if (!text.isBlank()) {
                    any = true;
                    return TextReader.item(text.strip(), number, content, StandardCharsets.UTF_8);
                }
            }
        } catch (XMLStreamException broken) {
            throw broken(broken);
        }
        if (!any) {
            throw ReadCode.TEXT_MISSING.at(content.place(0), Map.of());
        }
        return null;
    }

    /** The text of the next paragraph with its number; null at the end. */
    private @Nullable String paragraph() throws XMLStreamException {
        StringBuilder text = new StringBuilder();
        String list = "";
        int level = 0;
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                switch (xml.getLocalName()) {
                    case "p" -> number += isWord() ? 1 : 0;
                    case "t" -> text.append(xml.getElementText());
                    case "tab" -> text.append(text.isEmpty() ? "" : "\t");
                    case "br", "cr" -> text.append('\n');
                    case "noBreakHyphen" -> text.append('-');
                    case "ilvl" -> level = Integer.parseInt(value());
                    case "numId" -> list = value();
                    case "Fallback", "instrText", "delText" -> skip();
                    default -> {
                        // Formatting.
                    }
                }
            } else if (event == XMLStreamConstants.END_ELEMENT
                    && xml.getLocalName().equals("p")
                    && isWord()) {
                String mark = text.toString().isBlank() || list.isEmpty() ? "" : numbering.next(list, level);
                return mark + text;
            }
        }
        return null;
    }

    private boolean isWord() {
        return xml.getNamespaceURI() != null && xml.getNamespaceURI().contains("wordprocessingml");
    }

    private String value() {
        return attribute(xml, "val");
    }

    static String attribute(XMLStreamReader xml, String name) {
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            if (xml.getAttributeLocalName(i).equals(name)) {
                return xml.getAttributeValue(i);
            }
        }
        return "";
    }

    private void skip() throws XMLStreamException {
        for (int depth = 1; depth > 0 && xml.hasNext(); ) {
            int event = xml.next();
            depth += event == XMLStreamConstants.START_ELEMENT ? 1 : event == XMLStreamConstants.END_ELEMENT ? -1 : 0;
        }
    }

    private CodedException broken(XMLStreamException thrown) {
        return ReadCode.FILE_BROKEN
                .at(content.place(number), Map.of("reason", Reasons.of(thrown)))
                .because(thrown);
    }

    @Override
    public void close() throws IOException {
        try (zip) {
            in.close();
        }
    }
}
