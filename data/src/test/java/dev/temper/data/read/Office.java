package dev.temper.data.read;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/** Makes office documents for tests. */
final class Office {
    private static final String WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    private Office() {}

    interface Filling {
        void fill(Worksheet sheet);
    }

    static byte[] workbook(String sheet, Filling filling) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Workbook workbook = new Workbook(bytes, "test", "1.0")) {
            filling.fill(workbook.newWorksheet(sheet));
        }
        return bytes.toByteArray();
    }

    static byte[] workbook(String sheet, List<? extends List<?>> rows) throws IOException {
        return workbook(sheet, to -> {
            for (int row = 0; row < rows.size(); row++) {
                for (int column = 0; column < rows.get(row).size(); column++) {
                    put(to, row, column, rows.get(row).get(column));
                }
            }
        });
    }

    private static void put(Worksheet sheet, int row, int column, Object value) {
        switch (value) {
            case Number number -> sheet.value(row, column, number);
            case Boolean truth -> sheet.value(row, column, truth);
            default -> sheet.value(row, column, value.toString());
        }
    }

    /** A page a text; each line of it is drawn. */
    static byte[] pdf(@Nullable String password, String... pages) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PDDocument document = new PDDocument()) {
            for (String text : pages) {
                PDPage page = new PDPage();
                document.addPage(page);
                try (PDPageContentStream stream = new PDPageContentStream(document, page)) {
                    stream.beginText();
                    stream.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
                    stream.newLineAtOffset(50, 700);
                    for (String line : text.lines().toList()) {
                        stream.showText(line);
                        stream.newLineAtOffset(0, -20);
                    }
                    stream.endText();
                }
            }
            if (password != null) {
                document.protect(new StandardProtectionPolicy(password, password, new AccessPermission()));
            }
            document.save(bytes);
        }
        return bytes.toByteArray();
    }

    /** Paragraphs; one that begins with {@code #n:} is numbered by Word at level n. */
    static byte[] docx(String... paragraphs) throws IOException {
        StringBuilder body = new StringBuilder();
        for (String text : paragraphs) {
            String properties = "";
            String words = text;
            if (text.startsWith("#")) {
                properties = "<w:pPr><w:numPr><w:ilvl w:val=\"" + text.charAt(1)
                        + "\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>";
                words = text.substring(3);
            }
            body.append("<w:p>")
                    .append(properties)
                    .append("<w:r><w:t>")
                    .append(words)
                    .append("</w:t></w:r></w:p>");
        }
        String numbering = "<w:numbering xmlns:w=\"" + WORD + "\"><w:abstractNum w:abstractNumId=\"7\">"
                + level(0, "decimal", "%1.") + level(1, "upperLetter", "%2.")
                + "</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"7\"/></w:num></w:numbering>";
        return Reading.zip(
                "[Content_Types].xml",
                "<Types/>",
                "word/document.xml",
                "<w:document xmlns:w=\"" + WORD + "\"><w:body>" + body + "</w:body></w:document>",
                "word/numbering.xml",
                numbering);
    }

    private static String level(int depth, String format, String text) {
        return "<w:lvl w:ilvl=\"" + depth + "\"><w:start w:val=\"1\"/><w:numFmt w:val=\"" + format
                + "\"/><w:lvlText w:val=\"" + text + "\"/></w:lvl>";
    }
}
