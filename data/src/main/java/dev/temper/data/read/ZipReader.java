package dev.temper.data.read;

import dev.temper.contract.CodedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * The files of an archive one after another, each as what it is. Names are only shown and never become paths. What is no
 * data (a picture, say) is reported and passed; an archive in the archive, a password and a name that leads out are refused.
 */
final class ZipReader implements FormatReader {
    private static final Set<ReadCode> PASSED =
            Set.of(ReadCode.FILE_FORMAT_UNKNOWN, ReadCode.FILE_FORMAT_OLD, ReadCode.FILE_EMPTY, ReadCode.TEXT_MISSING);

    private final Content content;
    private final ReadSettings settings;
    private final Limits limits;
    private final Path scratch;
    private final ZipFile zip;
    private final List<ZipArchiveEntry> entries;
    private int at;
    private @Nullable EntryContent open;
    private @Nullable FormatReader reader;

    ZipReader(Content content, ReadSettings settings, Limits limits, Path scratch) throws IOException {
        this.content = content;
        this.settings = settings;
        this.limits = limits;
        this.scratch = scratch;
        this.zip = opened(content);
        try {
            this.entries = Collections.list(zip.getEntriesInPhysicalOrder()).stream()
                    .filter(entry -> !entry.isDirectory() && !isClutter(entry.getName()))
                    .toList();
            check();
        } catch (RuntimeException | IOException refused) {
            zip.close();
            throw refused;
        }
    }

    /** Names that are not marked as UTF-8 come from a Chinese Windows more often than from elsewhere. */
    private static ZipFile opened(Content content) throws IOException {
        try {
            return ZipFile.builder()
                    .setPath(content.path())
                    .setCharset(Charset.forName("GB18030"))
                    .get();
        } catch (IOException | IllegalArgumentException broken) {
            throw ReadCode.FILE_BROKEN
                    .at(content.place(0), Map.of("reason", Reasons.of(broken)))
                    .because(broken);
        }
    }

    private void check() throws IOException {
        if (entries.isEmpty()) {
            throw ReadCode.FILE_EMPTY.at(content.place(0), Map.of());
        }
        if (entries.size() > limits.entries()) {
            throw ReadCode.ARCHIVE_TOO_MANY_ENTRIES.at(content.place(0), Map.of("limit", limits.entries()));
        }
        long limit = limits.unpacked(Files.size(content.path()));
        long total = 0;
        for (ZipArchiveEntry entry : entries) {
            String name = entry.getName();
            if (isUnsafe(name)) {
                throw ReadCode.ARCHIVE_NAME_UNSAFE.at(content.place(0), Map.of("entry", name));
            }
            if (entry.getGeneralPurposeBit().usesEncryption()) {
                throw ReadCode.FILE_PASSWORD_PROTECTED.at(content.place(name, 0), Map.of());
            }
            total += Math.max(0, entry.getSize());
            if (total > limit) {
                throw ReadCode.UNPACKED_TOO_LARGE.at(content.place(0), Map.of("limit", limit));
            }
        }
    }

    private static boolean isClutter(String name) {
        String last = name.substring(name.lastIndexOf('/') + 1);
        return name.startsWith("__MACOSX/") || last.startsWith(".") || last.equals("Thumbs.db");
    }

    private static boolean isUnsafe(String name) {
        String plain = name.replace('\\', '/');
        return plain.startsWith("/")
                || plain.matches("[A-Za-z]:.*")
                || plain.indexOf('\0') >= 0
                || List.of(plain.split("/")).contains("..");
    }

    @Override
    public @Nullable Item next() throws IOException {
        while (true) {
            FormatReader current = reader;
            if (current == null) {
                if (at == entries.size()) {
                    return null;
                }
                Item passed = begin(entries.get(at++));
                if (passed != null) {
                    return passed;
                }
                continue;
            }
            Item item = current.next();
            if (item != null) {
                return item;
            }
            end();
        }
    }

    /** Opens the reader of an entry, or reports why there is none. */
    private @Nullable Item begin(ZipArchiveEntry entry) throws IOException {
        EntryContent inside = new EntryContent(entry);
        open = inside;
        try {
            byte[] head = inside.head(512);
            if (Compression.of(head) != Compression.NONE || isArchive(head)) {
                throw nested(entry);
            }
            Detected detected = new Detection(inside, Compression.NONE, settings).detect();
            if (detected.format() == FileFormat.ZIP) {
                throw nested(entry);
            }
            reader = Readers.open(inside, detected, settings, limits, scratch);
            return null;
        } catch (CodedException refused) {
            end();
            if (PASSED.stream().noneMatch(code -> code.code().equals(refused.code()))) {
                throw refused;
            }
            return new Flaw(ReadCode.FILE_IN_ARCHIVE_SKIPPED, Map.of("reason", refused.getMessage()))
                    .at(inside.place(0), Json.NODES.objectNode().put("file", entry.getName()));
        }
    }

    private CodedException nested(ZipArchiveEntry entry) {
        return ReadCode.ARCHIVE_NESTED.at(content.place(0), Map.of("entry", entry.getName()));
    }

    private static boolean isArchive(byte[] head) {
        boolean tar = head.length > 262 && new String(head, 257, 5, StandardCharsets.US_ASCII).equals("ustar");
        return tar
                || Bytes.startsWith(head, '7', 'z', 0xbc, 0xaf)
                || Bytes.startsWith(head, 'R', 'a', 'r', '!')
                || Bytes.startsWith(head, 'B', 'Z', 'h')
                || Bytes.startsWith(head, 0xfd, '7', 'z', 'X', 'Z');
    }

    private void end() throws IOException {
        FormatReader done = reader;
        EntryContent inside = open;
        reader = null;
        open = null;
        try {
            if (done != null) {
                done.close();
            }
        } finally {
            if (inside != null) {
                inside.close();
            }
        }
    }

    @Override
    public double progress() {
        double inside = open == null ? 0 : open.progress();
        return (Math.max(0, at - 1) + inside) / entries.size();
    }

    @Override
    public void close() throws IOException {
        try (zip) {
            end();
        }
    }

    /** One file of the archive. It may not unpack to more than the archive says of it. */
    private final class EntryContent implements Content {
        private final ZipArchiveEntry entry;
        private final Spool spool = new Spool(scratch);

        EntryContent(ZipArchiveEntry entry) {
            this.entry = entry;
        }

        @Override
        public String file() {
            return content.file();
        }

        @Override
        public String within() {
            return entry.getName();
        }

        @Override
        public InputStream open() {
            return new BoundedStream(() -> zip.getInputStream(entry), Math.max(0, entry.getSize()), place(0));
        }

        @Override
        public Path path() throws IOException {
            return spool.of(this);
        }

        @Override
        public double progress() {
            return 0;
        }

        @Override
        public void close() throws IOException {
            spool.close();
        }
    }
}
