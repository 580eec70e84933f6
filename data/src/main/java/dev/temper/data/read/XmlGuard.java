package dev.temper.data.read;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Looks once through the parts of an office document before a parser does, in constant memory: what they unpack to, how
 * long one text is, whether a cell claims a column that no sheet has, and that no document type is declared.
 */
final class XmlGuard {
    private static final int LETTERS = 3;
    private static final int DOCTYPE_WITHIN = 1 << 12;

    private final Content content;
    private final Limits limits;
    private long total;

    XmlGuard(Content content, Limits limits) {
        this.content = content;
        this.limits = limits;
    }

    /** Throws a coded failure where the document asks for more than it may. */
    void check(String... heldWhole) throws IOException {
        try (ZipFile zip = new ZipFile(content.path().toFile())) {
            long packed = Files.size(content.path());
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                if (entry.getName().endsWith(".xml")) {
                    long size = check(zip, entry, limits.unpacked(packed));
                    if (Set.of(heldWhole).contains(entry.getName()) && size > limits.documentBytes()) {
                        throw ReadCode.DOCUMENT_TOO_LARGE.at(content.place(0), Map.of("limit", limits.documentBytes()));
                    }
                }
            }
        } catch (ZipException broken) {
            throw ReadCode.FILE_BROKEN
                    .at(content.place(0), Map.of("reason", Reasons.of(broken)))
                    .because(broken);
        }
    }

    private long check(ZipFile zip, ZipEntry entry, long limit) throws IOException {
        long size = 0;
        byte[] buffer = new byte[1 << 16];
        Scan scan = new Scan();
        try (InputStream in = zip.getInputStream(entry)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (size == 0 && Bytes.find(Arrays.copyOf(buffer, Math.min(count, DOCTYPE_WITHIN)), "<!DOCTYPE") >= 0) {
                    throw ReadCode.FILE_BROKEN.at(content.place(0), Map.of("reason", "a document type is declared"));
                }
                size += count;
                total += count;
                if (total > limit) {
                    throw ReadCode.UNPACKED_TOO_LARGE.at(content.place(0), Map.of("limit", limit));
                }
                scan.look(buffer, count);
            }
        }
        return size;
    }

    /** Goes through bytes with what it remembers of those before. */
    private final class Scan {
        private static final String REFERENCE = " r=\"";

        private long sinceTag;
        private int matched;
        private int letters;

        void look(byte[] bytes, int count) {
            for (int i = 0; i < count; i++) {
                int one = bytes[i];
                sinceTag = one == '<' ? 0 : sinceTag + 1;
                if (sinceTag > limits.recordCharacters() * 4L) {
                    throw ReadCode.RECORD_TOO_LONG.at(content.place(0), Map.of("limit", limits.recordCharacters()));
                }
                reference(one);
            }
        }

        private void reference(int one) {
            if (matched == REFERENCE.length()) {
                letters = one >= 'A' && one <= 'Z' ? letters + 1 : 0;
                if (letters > LETTERS) {
                    throw ReadCode.FILE_BROKEN.at(
                            content.place(0), Map.of("reason", "a cell stands in a column that no sheet has"));
                }
                matched = letters == 0 ? 0 : matched;
                return;
            }
            matched = one == REFERENCE.charAt(matched) ? matched + 1 : one == ' ' ? 1 : 0;
        }
    }
}
