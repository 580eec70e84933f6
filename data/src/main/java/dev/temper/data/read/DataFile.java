package dev.temper.data.read;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file a customer gave, on local disk.
 *
 * @param name as the customer calls it; only shown, and a hint where the content alone does not decide
 * @param scratch an existing folder for what must be unpacked aside; nothing is left in it
 */
public record DataFile(Path path, String name, ReadSettings settings, Limits limits, Path scratch) {
    private static final int MAGIC = 8;

    public static DataFile of(Path path, String name) {
        return new DataFile(
                path, name, ReadSettings.AUTOMATIC, Limits.DEFAULT, Path.of(System.getProperty("java.io.tmpdir")));
    }

    public DataFile with(ReadSettings other) {
        return new DataFile(path, name, other, limits, scratch);
    }

    public DataFile with(Limits other) {
        return new DataFile(path, name, settings, other, scratch);
    }

    public DataFile with(Path scratchFolder) {
        return new DataFile(path, name, settings, limits, scratchFolder);
    }

    /** What the file is. Fails with a code where it is nothing that can be read. */
    public Detected detect() throws IOException {
        try (Content content = content()) {
            return detect(content);
        }
    }

    /** From the first record. */
    public Records open() throws IOException {
        return open(0);
    }

    /**
     * From where an earlier reading stopped.
     *
     * @param position what {@link Records#position} said then
     */
    public Records open(long position) throws IOException {
        Content content = content();
        try {
            Detected detected = detect(content);
            FormatReader reader =
                    Damage.told(content.place(0), () -> Readers.open(content, detected, settings, limits, scratch));
            OpenRecords records = new OpenRecords(content, detected, reader);
            records.skip(position);
            return records;
        } catch (IOException | RuntimeException failed) {
            content.close();
            throw failed;
        }
    }

    private Detected detect(Content content) throws IOException {
        Compression compression = compression();
        return Damage.told(content.place(0), () -> new Detection(content, compression, settings).detect());
    }

    private Content content() throws IOException {
        FileContent file = new FileContent(path, name);
        Compression compression = compression();
        return compression == Compression.NONE ? file : new UnpackedContent(file, compression, limits, scratch);
    }

    private Compression compression() throws IOException {
        try (var in = Files.newInputStream(path)) {
            return Compression.of(in.readNBytes(MAGIC));
        }
    }
}
