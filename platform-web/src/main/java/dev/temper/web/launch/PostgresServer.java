package dev.temper.web.launch;

import dev.temper.db.DatabaseAccess;
import dev.temper.db.DatabaseRoles;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.springframework.util.FileSystemUtils;

/**
 * A real PostgreSQL of our own in the data folder: durable, on a free loopback port, by password only. It outlives a
 * killed JVM, so a start first stops the postmaster that an earlier process left behind.
 */
final class PostgresServer {
    private static final String DATABASE = "temper";
    private static final String SUPERUSER = "postgres";
    private static final String OWNER = "temper_owner";
    private static final String APPLICATION = "temper_app";
    private static final String PASSWORDS = "postgres-passwords";

    private final DataFolder folder;
    private final Path cluster;
    private final Path binaries;
    private final Properties passwords;

    private PostgresServer(DataFolder folder, Path binaries) {
        this.folder = folder;
        this.cluster = folder.resolve("postgres");
        this.binaries = binaries;
        this.passwords = passwords(folder);
    }

    /** Starts the server of a locked folder, making the cluster, the roles and the database on the first start. */
    static PostgresServer start(DataFolder folder, Console console) {
        PostgresServer server = new PostgresServer(folder, PostgresBinaries.unpackInto(folder, console));
        try {
            if (!Files.exists(server.cluster)) {
                console.progress("Creating the database");
                server.createCluster();
            }
            server.stopOrphan(console);
            console.progress("Starting PostgreSQL");
            server.startPostmaster();
            server.prepareDatabase();
        } catch (IOException e) {
            throw folder.unusable(e);
        }
        return server;
    }

    static boolean existsIn(DataFolder folder) {
        return folder.has("postgres");
    }

    /** How to reach the server that another process runs on this folder, if one does. */
    static Optional<DatabaseAccess> running(DataFolder folder) {
        return Postmaster.of(folder.resolve("postgres"))
                .filter(Postmaster::alive)
                .map(postmaster -> access(postmaster.port(), passwords(folder)));
    }

    DatabaseAccess access() {
        int port = Postmaster.of(cluster)
                .orElseThrow(() -> new StartRefused("PostgreSQL in %s has stopped.".formatted(cluster)))
                .port();
        return access(port, passwords);
    }

    /** Stops the server: clients are cut off, what they committed is on the disk. */
    void stop() {
        if (Postmaster.of(cluster).filter(Postmaster::alive).isPresent()) {
            pgCtl("stop", "-m", "fast", "-w", "-t", "60");
        }
    }

    private static DatabaseAccess access(int port, Properties passwords) {
        return new DatabaseAccess(
                "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, DATABASE),
                APPLICATION,
                passwords.getProperty(APPLICATION),
                OWNER,
                passwords.getProperty(OWNER));
    }

    private void createCluster() throws IOException {
        Path next = folder.resolve("postgres.next");
        FileSystemUtils.deleteRecursively(next);
        folder.writePrivately("postgres-superuser", passwords.getProperty(SUPERUSER));
        try {
            run(
                    "initdb",
                    "--pgdata=" + next,
                    "--username=" + SUPERUSER,
                    "--auth=scram-sha-256",
                    "--pwfile=" + folder.resolve("postgres-superuser"),
                    "--encoding=UTF8",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--locale=C",
                    "--no-instructions");
        } finally {
            Files.delete(folder.resolve("postgres-superuser"));
        }
        Files.move(next, cluster, StandardCopyOption.ATOMIC_MOVE);
    }

    /** A process that is not our postmaster but got its number is left alone; only the stale file goes. */
    private void stopOrphan(Console console) throws IOException {
        Optional<Postmaster> left = Postmaster.of(cluster);
        if (left.isEmpty()) {
            return;
        }
        if (left.get().alive()) {
            console.progress("Stopping the PostgreSQL that an earlier process left behind");
            stop();
        } else if (left.get().numberReused()) {
            Files.deleteIfExists(Postmaster.file(cluster));
        }
    }

    private void startPostmaster() throws IOException {
        Path logs = Files.createDirectories(folder.resolve("logs"));
        Files.deleteIfExists(logs.resolve("postgresql-start.log"));
        List<String> options = List.of(
                "-p " + freePort(),
                "-c listen_addresses=127.0.0.1",
                "-c unix_socket_directories=''",
                "-c fsync=on",
                "-c synchronous_commit=on",
                "-c full_page_writes=on",
                "-c logging_collector=on",
                "-c log_directory='" + logs.toString().replace("'", "'\\''") + "'",
                "-c log_filename=postgresql-%a.log",
                "-c log_truncate_on_rotation=on",
                "-c log_rotation_age=1d");
        pgCtl(
                "start",
                "-w",
                "-t",
                "120",
                "-l",
                logs.resolve("postgresql-start.log").toString(),
                "-o",
                String.join(" ", options));
    }

    private void prepareDatabase() {
        Postmaster postmaster = Postmaster.of(cluster).orElseThrow();
        String url = "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(postmaster.port());
        try (Connection connection = DriverManager.getConnection(url, SUPERUSER, passwords.getProperty(SUPERUSER))) {
            DatabaseRoles.prepare(connection, DATABASE, access(postmaster.port(), passwords));
        } catch (SQLException e) {
            throw new StartRefused("The database in %s can't be prepared: %s".formatted(cluster, e.getMessage()), e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Properties passwords(DataFolder folder) {
        Path file = folder.resolve(PASSWORDS);
        var passwords = new Properties();
        try {
            if (Files.exists(file)) {
                passwords.load(new StringReader(Files.readString(file)));
                return passwords;
            }
            if (Files.exists(folder.resolve("postgres"))) {
                throw new StartRefused(
                        "%s is missing, without which the database beside it can't be opened: put it back."
                                .formatted(file));
            }
            for (String role : List.of(SUPERUSER, OWNER, APPLICATION)) {
                passwords.setProperty(role, RandomSecret.password());
            }
            var text = new StringWriter();
            passwords.store(text, "Passwords of the embedded PostgreSQL's roles");
            folder.writePrivately(PASSWORDS, text.toString());
            return passwords;
        } catch (IOException e) {
            throw folder.unusable(e);
        }
    }

    private void pgCtl(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--pgdata=" + cluster));
        all.addAll(List.of(arguments));
        run("pg_ctl", all.toArray(String[]::new));
    }

    /** PostgreSQL refuses root, but takes a user namespace in which root is nobody. */
    private void run(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("unshare", "--user"));
        }
        command.add(binaries.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        try {
            Path logs = Files.createDirectories(folder.resolve("logs"));
            Path output = logs.resolve(program + ".log");
            var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            // A preloaded allocator that starts a thread would keep unshare from making the namespace.
            builder.environment().keySet().removeAll(Set.of("LD_PRELOAD", "MALLOC_CONF"));
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(180, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new StartRefused("PostgreSQL's %s failed: %s (the whole of it is in %s)."
                        .formatted(program, lastLine(output), logs));
            }
        } catch (IOException e) {
            throw folder.unusable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartRefused("Interrupted while PostgreSQL's %s ran.".formatted(program), e);
        }
    }

    private String lastLine(Path output) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(output));
        Path start = folder.resolve("logs").resolve("postgresql-start.log");
        if (Files.exists(start)) {
            lines.addAll(Files.readAllLines(start));
        }
        return lines.stream()
                .filter(line -> line.contains("FATAL")
                        || line.contains("ERROR")
                        || line.contains("error:")
                        || line.contains("unshare"))
                .reduce((_, last) -> last)
                .orElse(lines.isEmpty() ? "no output" : lines.getLast());
    }
}
