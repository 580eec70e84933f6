package dev.temper.web.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a cluster's {@code postmaster.pid} says of the process that serves, or served, it. */
record Postmaster(long pid, Path cluster, int port) {

    static Path file(Path cluster) {
        return cluster.resolve("postmaster.pid");
    }

    /** Lines: process, data directory, start, port, … (see "pg_ctl" in PostgreSQL's manual). */
    static Optional<Postmaster> of(Path cluster) {
        try {
            List<String> lines = Files.readAllLines(file(cluster));
            if (lines.size() < 4) {
                return Optional.empty();
            }
            return Optional.of(new Postmaster(
                    Long.parseLong(lines.get(0).strip()),
                    cluster,
                    Integer.parseInt(lines.get(3).strip())));
        } catch (IOException | NumberFormatException absentOrHalfWritten) {
            return Optional.empty();
        }
    }

    /** True if the process lives and is the server of this very cluster, not another one that got its number. */
    boolean alive() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .map(this::servesCluster)
                .orElse(false);
    }

    boolean numberReused() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent() && !alive();
    }

    private boolean servesCluster(ProcessHandle process) {
        String program = process.info().command().orElse("");
        return program.endsWith("/bin/postgres")
                && process.info().arguments().map(List::of).orElse(List.of()).contains(cluster.toString());
    }
}
