package dev.temper.benchmarks.data;

import dev.temper.data.sample.Sample;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Alpaca rows as many as are wanted: real ones over and over, their words in another order each time. */
final class MadeRows {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final List<JsonNode> originals;

    /** @param from files of alpaca rows (JSON arrays); none for the sample data in the box */
    MadeRows(List<Path> from) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        for (Path path : from) {
            JSON.readTree(path.toFile()).forEach(rows::add);
        }
        if (rows.isEmpty()) {
            try (InputStream sample = Sample.CUSTOMER_SERVICE.open()) {
                JSON.readTree(sample).forEach(rows::add);
            }
        }
        this.originals = rows;
    }

    /** Until so many rows or so many bytes are there; returns the rows. */
    int into(Path file, int most, long bytes) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            long written = 0;
            int count = 0;
            while (count < most && written < bytes) {
                String row = JSON.writeValueAsString(row(count));
                out.append(count == 0 ? "[" : ",\n").append(row);
                written += row.length() + 2L;
                count++;
            }
            out.append("]\n");
            return count;
        }
    }

    private ObjectNode row(int number) {
        ObjectNode row = (ObjectNode) originals.get(number % originals.size()).deepCopy();
        if (number >= originals.size()) {
            row.put("instruction", shuffled(row.path("instruction").asString(""), number));
            row.put("output", shuffled(row.path("output").asString(""), number));
        }
        return row;
    }

    /** Words stay whole, and of Chinese four characters, so that a text is as slow or quick to look through as it was. */
    private static String shuffled(String text, int seed) {
        List<String> pieces = new ArrayList<>(Arrays.asList(text.split(" ", -1)));
        String between = " ";
        if (pieces.size() < 4) {
            pieces.clear();
            between = "";
            int[] characters = text.codePoints().toArray();
            for (int i = 0; i < characters.length; i += 4) {
                pieces.add(new String(characters, i, Math.min(4, characters.length - i)));
            }
        }
        Collections.shuffle(pieces, new Random(seed));
        return String.join(between, pieces);
    }
}
