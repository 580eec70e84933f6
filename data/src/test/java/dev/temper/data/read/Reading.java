package dev.temper.data.read;

import dev.temper.data.row.LeftOut;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tools.jackson.databind.JsonNode;

/** Writes files for tests and reads them whole. */
final class Reading {
    private Reading() {}

    static DataFile file(Path folder, String name, String content) throws IOException {
        return file(folder, name, content, StandardCharsets.UTF_8);
    }

    static DataFile file(Path folder, String name, String content, Charset charset) throws IOException {
        return file(folder, name, content.getBytes(charset));
    }

    static DataFile file(Path folder, String name, byte[] content) throws IOException {
        Path path = folder.resolve("given-" + Integer.toHexString(name.hashCode()));
        Files.write(path, content);
        Path scratch = Files.createDirectories(folder.resolve("scratch"));
        return DataFile.of(path, name).with(scratch);
    }

    static List<Item> all(DataFile file) throws IOException {
        List<Item> items = new ArrayList<>();
        try (Records records = file.open()) {
            for (Item item = records.next(); item != null; item = records.next()) {
                items.add(item);
            }
        }
        return items;
    }

    static List<JsonNode> values(DataFile file) throws IOException {
        return all(file).stream()
                .filter(Item.Value.class::isInstance)
                .map(item -> ((Item.Value) item).value())
                .toList();
    }

    static List<String> json(DataFile file) throws IOException {
        return values(file).stream().map(JsonNode::toString).toList();
    }

    static List<LeftOut> unreadable(DataFile file) throws IOException {
        return all(file).stream()
                .filter(Item.Unreadable.class::isInstance)
                .map(item -> ((Item.Unreadable) item).leftOut())
                .toList();
    }

    static byte[] zip(Object... namesAndContents) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                zip.putNextEntry(new ZipEntry((String) namesAndContents[i]));
                Object content = namesAndContents[i + 1];
                zip.write(
                        content instanceof byte[] raw ? raw : content.toString().getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    /** Wraps bytes as gzip, zstd or whatever the stream makes of them. */
    static byte[] packed(byte[] content, Packing packing) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (OutputStream out = packing.around(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    interface Packing {
        OutputStream around(OutputStream out) throws IOException;
    }
}
