package dev.temper.benchmarks.trainer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Keeps what was measured, a line a case, so that a table can be filled in pieces. */
final class MeasuredFile {
    private final Path file;

    MeasuredFile(Path file) {
        this.file = file;
    }

    void add(Measured measured) throws IOException {
        if (file.getParent() != null) {
            Files.createDirectories(file.getParent());
        }
        Files.writeString(
                file,
                JsonMapper.shared().writeValueAsString(measured) + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /** The newest of each case. */
    Map<String, Measured> all() throws IOException {
        Map<String, Measured> newest = new LinkedHashMap<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                Measured measured = JsonMapper.shared().readValue(line, Measured.class);
                newest.put(measured.what(), measured);
            }
        }
        return newest;
    }
}
