package dev.temper.benchmarks.fleet;

import dev.temper.benchmarks.Checkout;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A worker as a process of its own, with simulated devices. */
final class Machine implements AutoCloseable {
    private final Process process;

    private Machine(Process process) {
        this.process = process;
    }

    static Machine start(URI platform, String token, Path data, String name, String pool, int devices)
            throws IOException {
        List<String> line = new ArrayList<>(Checkout.command());
        line.addAll(List.of(
                "worker",
                "--platform",
                platform.toString(),
                "--data",
                data.toString(),
                "--name",
                name,
                "--labels",
                "pool=" + pool,
                "--simulate",
                devices + "xA100-80G",
                "--free-disk",
                "0"));
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.redirectOutput(data.resolveSibling(name + ".log").toFile());
        builder.environment().putAll(Map.of("TEMPER_ENROLMENT_TOKEN", token));
        return new Machine(builder.start());
    }

    /** It and what it runs. */
    @Override
    public void close() {
        List<ProcessHandle> below = process.descendants().toList();
        process.destroyForcibly();
        below.forEach(ProcessHandle::destroyForcibly);
        process.onExit().join();
    }
}
