package dev.temper.benchmarks.fleet;

import dev.temper.trainer.app.Main;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** A worker with a device that is only played, started from the classes that are being tested. */
final class SimulatedWorker implements AutoCloseable {
    private final Process process;

    private SimulatedWorker(Process process) {
        this.process = process;
    }

    static SimulatedWorker start(URI platform, String token, Path data, String name) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "worker",
                        "--platform",
                        platform.toString(),
                        "--data",
                        data.toString(),
                        "--name",
                        name,
                        "--simulate",
                        "1xA100-80G",
                        "--free-disk",
                        "0"))
                .redirectErrorStream(true)
                .redirectOutput(data.resolveSibling(name + ".log").toFile());
        builder.environment().put("TEMPER_ENROLMENT_TOKEN", token);
        return new SimulatedWorker(builder.start());
    }

    boolean lives() {
        return process.isAlive();
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
