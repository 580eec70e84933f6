package dev.temper.trainer.supervise;

import dev.temper.contract.CodedException;
import dev.temper.contract.link.Device;
import dev.temper.contract.link.Enrolled;
import dev.temper.contract.link.Enrolment;
import dev.temper.contract.link.Inventory;
import dev.temper.contract.link.InventoryReport;
import dev.temper.trainer.data.DiskFailure;
import dev.temper.trainer.link.PlatformLink;
import dev.temper.trainer.link.Trust;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** This machine as a worker of a platform. */
public final class Worker implements AutoCloseable {
    private static final int LOCK_TRIES = 300;
    private static final long BETWEEN_TRIES = 100;

    private final FileChannel lock;
    private final Supervisor supervisor;

    private Worker(FileChannel lock, Supervisor supervisor) {
        this.lock = lock;
        this.supervisor = supervisor;
    }

    /**
     * Takes the folder, enrols if it has not yet, and begins to take runs. Waits for a platform that does not answer yet.
     *
     * @param say what people at the terminal want to know
     * @throws CodedException where the platform refuses this worker, or the folder is another's
     */
    public static Worker start(WorkerOptions options, String software, Consumer<String> say)
            throws InterruptedException {
        SSLContext trust = options.authority() == null ? null : Trust.in(options.authority());
        FileChannel lock = lock(options.data());
        Discovery found = devices(options);
        found.warnings().forEach(say);
        Inventory inventory = inventory(found.devices(), options);
        Enrolled enrolled = identity(options, trust, software, inventory, say).enrolled();
        PlatformLink link = new PlatformLink(options.platform(), enrolled.credential(), trust);
        report(link, new InventoryReport(software, inventory), say);
        RunKinds kinds = RunKinds.installed();
        Supervisor supervisor = new Supervisor(
                options.data(),
                link,
                kinds.names(),
                Telemetry.ofThisMachine(found.devices()),
                new ProcessLauncher(found.devices(), inventory.processors(), options.shared()),
                new ContentCache(options.data().resolve("cache"), options.cache()),
                SupervisorSettings.of(
                        inventory.memoryBytes(), found.devices().size(), options.silence(), options.leastFreeDisk()));
        supervisor.start();
        say.accept("%s works for %s with %s".formatted(options.name(), options.platform(), words(found.devices())));
        return new Worker(lock, supervisor);
    }

    /** Waits until the platform refuses this worker or somebody stops it. */
    public void await() throws InterruptedException {
        supervisor.await();
    }

    /** Has its runs stop with checkpoints, and tells the platform, as far as there is time for it. */
    public void stop(Duration patience) throws InterruptedException {
        supervisor.stop(patience);
    }

    /** Ends the worker alone; what still runs is found by the next one in the same folder. */
    @Override
    public void close() {
        supervisor.close();
        try {
            lock.close();
        } catch (IOException e) {
            throw CodedException.internal("disk_write_failed", "The worker's folder can't be let go.", "")
                    .because(e);
        }
    }

    /** One that is just ending gets a moment to do so. */
    private static FileChannel lock(Path data) throws InterruptedException {
        try {
            Files.createDirectories(data);
            FileChannel channel =
                    FileChannel.open(data.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            for (int tries = 0; tries < LOCK_TRIES; tries++) {
                FileLock lock = channel.tryLock();
                if (lock != null) {
                    return channel;
                }
                Thread.sleep(BETWEEN_TRIES);
            }
            channel.close();
        } catch (IOException e) {
            throw DiskFailure.writing(data, e);
        }
        throw CodedException.user(
                "worker_folder_in_use",
                "Another worker runs in " + data + ".",
                "Stop it, or give this one a --data folder of its own.");
    }

    private static Discovery devices(WorkerOptions options) {
        return options.simulate() == null
                ? Discovery.ofThisMachine()
                : new Discovery(SimulatedDevices.parse(options.simulate()), List.of());
    }

    private static Inventory inventory(List<Device> devices, WorkerOptions options) {
        return new Inventory(
                devices,
                options.labels(),
                HostCpu.read().memoryBytes(),
                Runtime.getRuntime().availableProcessors());
    }

    private static WorkerIdentity identity(
            WorkerOptions options,
            @Nullable SSLContext trust,
            String software,
            Inventory inventory,
            Consumer<String> say)
            throws InterruptedException {
        Optional<WorkerIdentity> known = WorkerIdentity.in(options.data());
        if (known.isPresent()) {
            return known.get();
        }
        if (options.token() == null) {
            throw CodedException.user(
                    "enrolment_token_missing",
                    "This worker is not enrolled yet.",
                    "Have a platform admin make a token (\"./temper admin worker token\") and give it as --token.");
        }
        Enrolment enrolment =
                new Enrolment(Objects.requireNonNull(options.token()), options.name(), software, inventory);
        try (PlatformLink link = new PlatformLink(options.platform(), null, trust)) {
            WorkerIdentity made = new WorkerIdentity(reach(() -> link.enrol(enrolment), say));
            made.keep(options.data());
            return made;
        }
    }

    private static void report(PlatformLink link, InventoryReport report, Consumer<String> say)
            throws InterruptedException {
        reach(
                () -> {
                    link.inventory(report);
                    return true;
                },
                say);
    }

    /** Something asked of the platform. */
    private interface Question<T> {
        T ask() throws IOException;
    }

    private static <T> T reach(Question<T> question, Consumer<String> say) throws InterruptedException {
        Retry retry = new Retry();
        boolean told = false;
        while (true) {
            try {
                return question.ask();
            } catch (IOException e) {
                if (!told) {
                    say.accept("The platform does not answer yet: " + e.getMessage());
                    told = true;
                }
                Thread.sleep(retry.next());
            }
        }
    }

    private static String words(List<Device> devices) {
        Device first = devices.getFirst();
        return devices.size() + " × " + first.model();
    }
}
