package dev.temper.data.read;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** Sees from its content what a file is; its name only tips the scales where the content may be several things. */
final class Detection {
    private static final int HEAD = 1 << 16;
    private static final int FEW_STRANGE = 3;
    private static final byte[] ENCRYPTED = "EncryptedPackage".getBytes(StandardCharsets.UTF_16LE);

    private final Content content;
    private final Compression compression;
    private final ReadSettings settings;
    private final String extension;

    Detection(Content content, Compression compression, ReadSettings settings) {
        this.content = content;
        this.compression = compression;
        this.settings = settings;
        this.extension = extension(content.within() == null ? content.file() : content.within());
    }

    Detected detect() throws IOException {
        byte[] head = content.head(HEAD);
        if (head.length == 0) {
            throw ReadCode.FILE_EMPTY.at(content.place(0), Map.of());
        }
        FileFormat binary = settings.format() == null ? binary(head) : settings.format();
        if (binary != null && !binary.isCharacters()) {
            return Detected.binary(binary, compression);
        }
        return characters();
    }

    private @Nullable FileFormat binary(byte[] head) throws IOException {
        if (Bytes.startsWith(head, 'P', 'A', 'R', '1')) {
            return FileFormat.PARQUET;
        }
        int pdf = Bytes.find(Arrays.copyOf(head, Math.min(head.length, 1024)), "%PDF-");
        if (pdf >= 0) {
            return FileFormat.PDF;
        }
        if (Bytes.startsWith(head, 'P', 'K', 3, 4) || Bytes.startsWith(head, 'P', 'K', 5, 6)) {
            return zipped();
        }
        if (Bytes.startsWith(head, 0xd0, 0xcf, 0x11, 0xe0)) {
            boolean locked = Bytes.find(content.head(4 << 20), ENCRYPTED) >= 0;
            throw (locked ? ReadCode.FILE_PASSWORD_PROTECTED : ReadCode.FILE_FORMAT_OLD).at(content.place(0), Map.of());
        }
        return null;
    }

    private FileFormat zipped() throws IOException {
        try (ZipFile zip = ZipFile.builder().setPath(content.path()).get()) {
            if (zip.getEntry("xl/workbook.xml") != null) {
                return FileFormat.XLSX;
            }
            return zip.getEntry("word/document.xml") == null ? FileFormat.ZIP : FileFormat.DOCX;
        } catch (IOException | IllegalArgumentException broken) {
            throw ReadCode.FILE_BROKEN
                    .at(content.place(0), Map.of("reason", Reasons.of(broken)))
                    .because(broken);
        }
    }

    private Detected characters() throws IOException {
        Charset charset = settings.encoding() == null
                ? Encodings.of(content)
                : Characters.named(settings.encoding(), content.place(0));
        char[] buffer = new char[HEAD];
        int length = 0;
        try (Reader in = Characters.open(content, charset)) {
            int count = in.read(buffer, 0, HEAD);
            while (count > 0) {
                length += count;
                count = length < HEAD ? in.read(buffer, length, HEAD - length) : 0;
            }
        }
        String head = new String(buffer, 0, length);
        if (head.isBlank()) {
            throw ReadCode.FILE_EMPTY.at(content.place(0), Map.of());
        }
        if (settings.format() == null && settings.encoding() == null && isNoText(head)) {
            throw ReadCode.FILE_FORMAT_UNKNOWN.at(content.place(0), Map.of());
        }
        return looks(head, length < HEAD, charset);
    }

    private Detected looks(String head, boolean whole, Charset charset) {
        FileFormat asked = settings.format();
        if (asked == null || asked == FileFormat.JSON || asked == FileFormat.JSONL) {
            JsonLooks json = JsonLooks.in(head, asked == null ? extension : asked.id());
            if (json != null) {
                boolean lines = asked == null ? json.lines() && settings.path() == null : asked == FileFormat.JSONL;
                List<String> paths = settings.path() == null ? json.paths() : List.of(settings.path());
                return new Detected(
                        lines ? FileFormat.JSONL : FileFormat.JSON,
                        compression,
                        charset,
                        null,
                        false,
                        lines ? List.of() : paths.isEmpty() ? List.of("") : paths);
            }
        }
        CsvFormat table =
                asked == FileFormat.CSV || asked == FileFormat.TSV || asked == null ? table(head, whole) : null;
        if (table != null) {
            FileFormat format = table.delimiter() == '\t' ? FileFormat.TSV : FileFormat.CSV;
            return new Detected(format, compression, charset, table.delimiter(), table.header(), List.of());
        }
        return new Detected(asked == null ? prose(head) : asked, compression, charset, null, false, List.of());
    }

    private @Nullable CsvFormat table(String head, boolean whole) {
        CsvFormat seen = CsvFormat.in(head, whole);
        boolean named = settings.format() != null
                || settings.delimiter() != null
                || extension.equals("csv")
                || extension.equals("tsv")
                || extension.equals("tab");
        if (!named && (seen == null || isProse() || !CsvFormat.isConvincing(head, seen))) {
            return null;
        }
        CsvFormat found = seen == null ? CsvFormat.oneColumn(head) : seen;
        char delimiter = settings.delimiter() == null ? found.delimiter() : settings.delimiter();
        boolean header = settings.header() == null ? found.header() : settings.header();
        return new CsvFormat(delimiter, header);
    }

    private boolean isProse() {
        return extension.equals("md") || extension.equals("markdown") || extension.startsWith("htm");
    }

    private FileFormat prose(String head) {
        String start =
                head.substring(0, Math.min(head.length(), 512)).stripLeading().toLowerCase(Locale.ROOT);
        if (start.startsWith("<!doctype html") || start.startsWith("<html") || extension.startsWith("htm")) {
            return FileFormat.HTML;
        }
        return isProse() ? FileFormat.MARKDOWN : FileFormat.TEXT;
    }

    /** More than one character in fifty, and not just a few, that no text has. */
    private static boolean isNoText(String head) {
        long strange = head.chars()
                .filter(c ->
                        c == Characters.MALFORMED || c == 0xfffd || (c < ' ' && c != '\n' && c != '\r' && c != '\t'))
                .count();
        return strange > FEW_STRANGE && strange * 50 > head.length();
    }

    private static String extension(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replaceFirst("\\.(gz|zst|zstd)$", "");
        int dot = plain.lastIndexOf('.');
        return dot < 0 ? "" : plain.substring(dot + 1);
    }
}
