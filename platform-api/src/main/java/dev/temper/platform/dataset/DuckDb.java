package dev.temper.platform.dataset;

import dev.temper.platform.blob.Blobs;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The database in the process that reads and writes versions' files. It sees the folder of stored content and nothing else,
 * loads nothing, and its settings can't be changed by a query; customers' files never come here, only what was written
 * from checked rows.
 */
@Component
class DuckDb {
    private static final String MEMORY = "512MB";
    private static final int THREADS = 2;

    private final Path folder;
    private @Nullable DuckDBConnection open;

    DuckDb(Blobs blobs) {
        this.folder = blobs.folder();
    }

    /** Opened when it is first asked for: most starts of the platform need none. */
    private synchronized DuckDBConnection database() throws SQLException {
        if (open == null) {
            open = start(folder);
        }
        return open;
    }

    private static DuckDBConnection start(Path folder) throws SQLException {
        var database = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:");
        try (Statement settings = database.createStatement()) {
            Path spill = Files.createDirectories(folder.resolve("duckdb"));
            settings.execute("set memory_limit = '" + MEMORY + "'");
            settings.execute("set threads = " + THREADS);
            settings.execute("set temp_directory = " + quoted(spill));
            settings.execute("set autoinstall_known_extensions = false");
            settings.execute("set autoload_known_extensions = false");
            settings.execute("set allowed_directories = [" + quoted(folder) + "]");
            settings.execute("set enable_external_access = false");
            settings.execute("set lock_configuration = true");
            return database;
        } catch (IOException e) {
            database.close();
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a row of an answer into something. */
    @FunctionalInterface
    interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    <T> List<T> list(String sql, List<?> parameters, Reading<T> reading) {
        List<T> rows = new ArrayList<>();
        each(sql, parameters, row -> rows.add(reading.of(row)));
        return rows;
    }

    /** Hands over one row after the other, so that an answer of any size fits. */
    void each(String sql, List<?> parameters, Reading<?> reading) {
        try (Connection connection = database().duplicate();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.size(); i++) {
                statement.setObject(i + 1, parameters.get(i));
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    reading.of(rows);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB failed: " + sql, e);
        }
    }

    void run(String sql) {
        try (Connection connection = database().duplicate();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB failed: " + sql, e);
        }
    }

    /** A file to name in a statement. */
    String literal(Path file) {
        return quoted(file);
    }

    private static String quoted(Path file) {
        return "'" + file.toString().replace("'", "''") + "'";
    }

    @PreDestroy
    synchronized void close() throws SQLException {
        if (open != null) {
            open.close();
        }
    }
}
