package dev.temper.web.launch;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The packaged platform as a process of its own, started as a user starts it. Closing it ends the process and the
 * database it may have left behind, whatever happened before.
 */
public final class PlatformProcess implements AutoCloseable {
    private static final String READY = "Temper is ready at ";

    private final Process process;
    private final Path data;
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final CompletableFuture<String> url = new CompletableFuture<>();

    private PlatformProcess(Process process, Path data) {
        this.process = process;
        this.data = data;
    }

    /** Starts {@code command up --data data options}; {@link #url()} waits for it. */
    public static PlatformProcess up(List<String> command, Path data, String... options) throws IOException {
        return start(command, data, Map.of(), options);
    }

    /** The same with variables in its environment. */
    public static PlatformProcess start(
            List<String> command, Path data, Map<String, String> environment, String... options) throws IOException {
        List<String> line = new ArrayList<>(command);
        line.addAll(List.of("up", "--data", data.toString()));
        line.addAll(List.of(options));
        var builder = new ProcessBuilder(line).redirectErrorStream(true);
        // As a user's shell has it: no allocator that was preloaded for training.
        builder.environment().keySet().removeAll(Set.of("LD_PRELOAD", "MALLOC_CONF"));
        builder.environment().putAll(environment);
        var started = new PlatformProcess(builder.start(), data);
        Thread.ofPlatform().daemon().name("output of the platform").start(started::read);
        return started;
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
                if (line.startsWith(READY)) {
                    url.complete(line.substring(READY.length()));
                }
            }
            url.completeExceptionally(new IllegalStateException("the platform ended: " + output));
        } catch (IOException closed) {
            url.completeExceptionally(closed);
        }
    }

    /** The address it answers on, once it says that it does. */
    public String url() {
        try {
            return url.get(120, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("not ready in two minutes: " + output, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Everything it has printed so far. */
    public String output() {
        return String.join("\n", output);
    }

    /** What it has computed itself; neither its database nor its worker. */
    public Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** What the first start wrote for its owner. */
    public JsonNode firstLogin() throws IOException {
        return JsonMapper.shared().readTree(Files.readString(data.resolve("first-login.json")));
    }

    /** Waits until it ends by itself and returns its exit code. */
    public int exitCode(Duration limit) throws InterruptedException {
        if (!process.waitFor(limit)) {
            throw new IllegalStateException("still running: " + output);
        }
        return process.exitValue();
    }

    /** As Ctrl-C does, politely. */
    public int stop() throws InterruptedException {
        process.destroy();
        return exitCode(Duration.ofSeconds(60));
    }

    /** {@code kill -9}: the process has no chance to do anything; its PostgreSQL lives on. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        exitCode(Duration.ofSeconds(60));
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        // A process that was refused leaves the database of the one that it met alone.
        if (ownedFolder()) {
            Postmaster.of(data.toAbsolutePath().resolve("postgres"))
                    .filter(Postmaster::alive)
                    .flatMap(postmaster -> ProcessHandle.of(postmaster.pid()))
                    .ifPresent(PlatformProcess::end);
        }
    }

    private boolean ownedFolder() {
        try {
            return Files.readString(data.resolve("lock")).equals(Long.toString(process.pid()));
        } catch (IOException neverLocked) {
            return false;
        }
    }

    private static void end(ProcessHandle postmaster) {
        List<ProcessHandle> all = new ArrayList<>(postmaster.descendants().toList());
        all.add(postmaster);
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(process -> process.onExit().orTimeout(30, TimeUnit.SECONDS).join());
    }
}
