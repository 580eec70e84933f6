package dev.temper.data.read;

import dev.temper.contract.CodedException;
import dev.temper.data.row.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.io.RandomAccessReadBufferedFile;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.text.PDFTextStripper;
import org.jspecify.annotations.Nullable;

/** The text layer of a PDF, a page at a time. A page without text is reported; a file without any is refused. */
final class PdfReader implements FormatReader {
    private final Content content;
    private final PDDocument document;
    private final PDFTextStripper stripper = new PDFTextStripper();
    private final int pages;
    private int page;
    private boolean any;

    PdfReader(Content content) throws IOException {
        this.content = content;
        try {
            this.document = Loader.loadPDF(
                    new RandomAccessReadBufferedFile(content.path().toFile()), IOUtils.createTempFileOnlyStreamCache());
            this.pages = document.getNumberOfPages();
        } catch (InvalidPasswordException locked) {
            throw ReadCode.FILE_PASSWORD_PROTECTED
                    .at(content.place(0), Map.of())
                    .because(locked);
        } catch (IOException broken) {
            throw broken(broken);
        }
        stripper.setLineSeparator("\n");
        stripper.setSuppressDuplicateOverlappingText(true);
    }

    @Override
    public @Nullable Item next() {
        if (page >= pages) {
            if (!any) {
                throw ReadCode.TEXT_MISSING.at(content.place(0), Map.of());
            }
            return null;
        }
        page++;
        String text = text();
        Place place = content.place("page " + page, 1);
        if (text.isEmpty()) {
            return Flaw.of(ReadCode.PAGE_EMPTY).at(place, TextReader.value(""));
        }
        any = true;
        Flaw flaw = Flaw.in(text, StandardCharsets.UTF_8);
        return flaw == null ? new Item.Value(place, TextReader.value(text)) : flaw.at(place, TextReader.value(text));
    }

    private String text() {
        try {
            stripper.setStartPage(page);
            stripper.setEndPage(page);
            return stripper.getText(document).strip();
        } catch (IOException broken) {
            throw broken(broken);
        }
    }

    private CodedException broken(IOException thrown) {
        return ReadCode.FILE_BROKEN
                .at(content.place(page), Map.of("reason", Reasons.of(thrown)))
                .because(thrown);
    }

    @Override
    public double progress() {
        return pages == 0 ? 1 : (double) page / pages;
    }

    @Override
    public void close() throws IOException {
        document.close();
    }
}
