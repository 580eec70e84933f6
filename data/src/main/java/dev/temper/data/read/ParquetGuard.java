package dev.temper.data.read;

import dev.hardwood.internal.metadata.PageHeader;
import dev.hardwood.internal.thrift.PageHeaderReader;
import dev.hardwood.internal.thrift.ThriftCompactReader;
import dev.hardwood.metadata.ColumnChunk;
import dev.hardwood.metadata.ColumnMetaData;
import dev.hardwood.metadata.FileMetaData;
import dev.hardwood.metadata.RowGroup;
import dev.temper.contract.CodedException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;

/**
 * Walks over the heads of all pages before the library reads them. A page that says it is longer than its column has left
 * makes hardwood 1.0.0 turn in a circle on a thread that nobody can stop, and one that says it unpacks to gigabytes makes it
 * ask for them. Heads are read with the library's own reader, so that both see the same.
 */
final class ParquetGuard {
    private static final int HEAD = 1 << 12;
    private static final int LONGEST_HEAD = 1 << 22;
    private static final int MAGIC = 4;

    private final Content content;
    private final Limits limits;
    private final ParquetInput file;
    private final long size;

    private ParquetGuard(Content content, Limits limits, ParquetInput file) throws IOException {
        this.content = content;
        this.limits = limits;
        this.file = file;
        this.size = file.length();
    }

    static void check(Content content, ParquetInput file, FileMetaData metadata, Limits limits) throws IOException {
        ParquetGuard guard = new ParquetGuard(content, limits, file);
        for (RowGroup group : metadata.rowGroups()) {
            for (ColumnChunk chunk : group.columns()) {
                guard.check(chunk.metaData());
            }
        }
    }

    private void check(ColumnMetaData column) throws IOException {
        Long dictionary = column.dictionaryPageOffset();
        boolean before = dictionary != null && dictionary > 0 && dictionary < column.dataPageOffset();
        long at = before ? dictionary : column.dataPageOffset();
        long end = at + column.totalCompressedSize();
        if (at < MAGIC || end < at || end > size) {
            throw broken("a column lies outside the file");
        }
        while (at < end) {
            at += page(at, end);
        }
        if (at > end) {
            throw broken("a page is longer than its column");
        }
    }

    /** How long the page is with its head. */
    private long page(long at, long end) throws IOException {
        for (int length = HEAD; ; length *= 16) {
            ByteBuffer head = file.readRange(at, (int) Math.min(length, end - at));
            try {
                ThriftCompactReader reader = new ThriftCompactReader(head);
                PageHeader page = PageHeaderReader.read(reader);
                if (page.compressedPageSize() < 0
                        || page.uncompressedPageSize() < 0
                        || page.uncompressedPageSize() > limits.documentBytes()) {
                    throw broken("a page says it unpacks to " + page.uncompressedPageSize() + " bytes");
                }
                return reader.getBytesRead() + (long) page.compressedPageSize();
            } catch (EOFException cut) {
                if (length >= Math.min(LONGEST_HEAD, end - at)) {
                    throw broken("the head of a page is cut off").because(cut);
                }
            }
        }
    }

    private CodedException broken(String reason) {
        return ReadCode.FILE_BROKEN.at(content.place(0), Map.of("reason", reason));
    }
}
