package dev.temper.trainer.supervise;

import dev.temper.contract.CodedException;
import dev.temper.contract.link.LinkJson;
import dev.temper.contract.link.TimedEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/** A file of consecutive events, each a line: the checksum of its JSON, a space, the JSON. */
final class SpoolSegment {
    private static final String ENDING = ".events";
    private static final int CHECKSUM = 8;

    private final Path file;
    private final long first;
    private final FileChannel channel;
    private long count;

    /** Of the lines that are kept whole; what lies behind them was never promised. */
    private long length;

    private SpoolSegment(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
        first = Long.parseLong(file.getFileName().toString().replace(ENDING, ""));
    }

    static boolean isOne(Path file) {
        return file.getFileName().toString().matches("\\d{19}\\" + ENDING);
    }

    static SpoolSegment begin(Path folder, long first) throws IOException {
        Path file = folder.resolve("%019d%s".formatted(first, ENDING));
        SpoolSegment segment = new SpoolSegment(file, channel(file));
        try (FileChannel directory = FileChannel.open(folder)) {
            directory.force(true);
        }
        return segment;
    }

    /** @param newest whether its last line may have been cut off by a crash */
    static SpoolSegment open(Path file, boolean newest) throws IOException {
        SpoolSegment segment = new SpoolSegment(file, channel(file));
        List<byte[]> lines = Lines.of(Files.readAllBytes(file));
        boolean torn = false;
        for (byte[] line : lines) {
            if (!whole(line)) {
                torn = true;
            } else if (torn) {
                throw damaged(file);
            } else {
                segment.count++;
                segment.length += line.length;
            }
        }
        if (torn && !newest) {
            throw damaged(file);
        }
        // At once: behind it the next segment may begin, and then it would look like damage.
        segment.channel.truncate(segment.length);
        return segment;
    }

    Path file() {
        return file;
    }

    long first() {
        return first;
    }

    /** The number that the event behind its last one has. */
    long next() {
        return first + count;
    }

    long length() {
        return length;
    }

    void append(List<TimedEvent> events) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (TimedEvent event : events) {
            byte[] json = LinkJson.text(event).getBytes(StandardCharsets.UTF_8);
            lines.writeBytes(checksum(json, 0, json.length).getBytes(StandardCharsets.US_ASCII));
            lines.write(' ');
            lines.writeBytes(json);
            lines.write('\n');
        }
        channel.truncate(length);
        channel.position(length);
        ByteBuffer left = ByteBuffer.wrap(lines.toByteArray());
        while (left.hasRemaining()) {
            channel.write(left);
        }
        channel.force(false);
        length += left.limit();
        count += events.size();
    }

    /** The JSON of its events from that number on. */
    List<byte[]> read(long from) throws IOException {
        return Lines.of(Files.readAllBytes(file)).stream()
                .limit(count)
                .skip(from - first)
                .map(line -> Arrays.copyOfRange(line, CHECKSUM + 1, line.length - 1))
                .toList();
    }

    void delete() throws IOException {
        close();
        Files.deleteIfExists(file);
    }

    void close() throws IOException {
        channel.close();
    }

    static CodedException damaged(Path file) {
        return CodedException.internal(
                        "event_spool_damaged",
                        "The events kept in " + file + " are damaged or some of them are missing.",
                        "Check the disk. The attempt's story can't be told whole; remove the folder and start another.")
                .with("file", file.toString());
    }

    private static FileChannel channel(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static boolean whole(byte[] line) {
        int json = line.length - CHECKSUM - 2;
        return json > 0
                && line[line.length - 1] == '\n'
                && checksum(line, CHECKSUM + 1, json).equals(new String(line, 0, CHECKSUM, StandardCharsets.US_ASCII));
    }

    private static String checksum(byte[] bytes, int offset, int length) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, offset, length);
        return "%08x".formatted(sum.getValue());
    }
}
