package dev.temper.trainer.data;

import dev.temper.contract.CodedException;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** The rows of one file, one at a time, so that a file of any size fits: a JSON array, JSON lines, or lines of text. */
final class RowFile implements AutoCloseable, Iterator<Row> {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS) // the next row is no trailing token
            .build();

    private final Path file;
    private final InputStream in;
    private final @Nullable JsonParser json;
    private final @Nullable BufferedReader lines;
    private long number;
    private @Nullable JsonNode next;
    private boolean started;

    private RowFile(Path file, InputStream in, @Nullable JsonParser json, @Nullable BufferedReader lines) {
        this.file = file;
        this.in = in;
        this.json = json;
        this.lines = lines;
    }

    static RowFile open(Path file) {
        if (!Files.isRegularFile(file)) {
            throw CodedException.user(
                            "data_file_missing",
                            "There is no data file " + file + ".",
                            "Correct its path; relative paths start at the working directory.")
                    .with("file", file.toString());
        }
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        try {
            if (name.endsWith(".txt")) {
                BufferedReader lines = Files.newBufferedReader(file);
                return new RowFile(file, InputStream.nullInputStream(), null, lines);
            }
            if (name.endsWith(".json") || name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
                InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
                return new RowFile(file, in, JSON.createParser(in), null);
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        throw CodedException.user(
                        "data_file_type_unsupported",
                        "The data file " + file + " is neither .json, .jsonl nor .txt.",
                        "Convert it to JSON lines.")
                .with("file", file.toString());
    }

    @Override
    public boolean hasNext() {
        if (next == null) {
            next = lines == null ? nextOfJson() : nextLine(lines);
        }
        return next != null;
    }

    @Override
    public Row next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException();
        }
        Row row = new Row(++number, next);
        next = null;
        return row;
    }

    private @Nullable JsonNode nextLine(BufferedReader reader) {
        try {
            String line = reader.readLine();
            return line == null ? null : JsonNodeFactory.instance.stringNode(line);
        } catch (CharacterCodingException e) {
            throw CodedException.user(
                            "data_not_utf8",
                            file + " is not UTF-8 after line " + number + ".",
                            "Save the file as UTF-8.")
                    .with("file", file.toString())
                    .because(e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** Rows of the array the file is, or the values it holds one after the other. */
    private @Nullable JsonNode nextOfJson() {
        JsonParser parser = json;
        if (parser == null) {
            return null;
        }
        try {
            JsonToken token = parser.nextToken();
            if (!started && token == JsonToken.START_ARRAY) {
                token = parser.nextToken();
            }
            started = true;
            if (token == null || token == JsonToken.END_ARRAY) {
                return null;
            }
            return JSON.readTree(parser);
        } catch (JacksonException e) {
            var at = e.getLocation();
            String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
            throw CodedException.user(
                            "data_not_json",
                            file + " is not JSON" + where + " (after row " + number + "): " + e.getOriginalMessage(),
                            "Correct the file there.")
                    .with("file", file.toString())
                    .with("row", number + 1)
                    .because(e);
        }
    }

    private static CodedException unreadable(Path file, IOException e) {
        return CodedException.internal(
                        "data_file_unreadable",
                        file + " can't be read: " + e.getMessage(),
                        "Check the disk and the file's permissions.")
                .because(e);
    }

    @Override
    public void close() {
        try (InputStream _ = in;
                BufferedReader _ = lines;
                JsonParser _ = json) {
            next = null;
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }
}
