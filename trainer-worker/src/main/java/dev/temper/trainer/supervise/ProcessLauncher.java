package dev.temper.trainer.supervise;

import dev.temper.contract.link.Device;
import dev.temper.contract.link.LeaseOffer;
import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A JVM for each run, on its devices alone: a crash, a leak or a full heap stays inside the run. */
final class ProcessLauncher implements Launcher {
    /** The memory is to be the model's: a small heap that grows slowly and is given back. */
    private static final List<String> FRUGAL = List.of(
            "-XX:+UseSerialGC",
            "-Xms32m",
            "-XX:MinHeapFreeRatio=10",
            "-XX:MaxHeapFreeRatio=25",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "-Dai.djl.offline=true",
            "-Djava.awt.headless=true");

    private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d{1,15}) kB$");

    /** So that Ctrl-C at the worker's terminal reaches the worker, and not its runs before it has told them to stop. */
    private static final Path OWN_SESSION = Path.of("/usr/bin/setsid");

    private static final int LOOKS = 100;
    private static final long BETWEEN_LOOKS = 50;

    private final List<Device> devices;
    private final int processors;
    private final List<Path> shared;

    /**
     * @param devices all of the machine's
     * @param shared folders that all runs may read
     */
    ProcessLauncher(List<Device> devices, int processors, List<Path> shared) {
        this.devices = List.copyOf(devices);
        this.processors = processors;
        this.shared = List.copyOf(shared);
    }

    @Override
    public Child launch(RunFolder folder, LeaseOffer offer, long memoryBytes) throws IOException {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(OWN_SESSION)) {
            command.add(OWN_SESSION.toString());
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FRUGAL);
        command.add("-Dtemper.run.memory=" + memoryBytes);
        command.add("-Dtemper.run.threads=" + threads(offer.devices()));
        command.add("-Dtemper.run.shared="
                + shared.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                RunProcess.class.getName(),
                folder.root().toString()));
        ProcessBuilder process = new ProcessBuilder(command)
                .directory(folder.work().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.log().toFile()));
        pin(process.environment(), offer.devices());
        Process started = process.start();
        started.getOutputStream().close();
        return new Started(started);
    }

    /** What is not its own a run can't see. */
    private void pin(Map<String, String> environment, List<String> ids) {
        List<String> cards = own(ids).stream()
                .filter(device -> device.kind() == Device.Kind.NVIDIA)
                .map(Device::id)
                .toList();
        environment.put("CUDA_VISIBLE_DEVICES", String.join(",", cards));
        environment.put("CUDA_DEVICE_ORDER", "PCI_BUS_ID");
        environment.put("OMP_NUM_THREADS", Integer.toString(threads(ids)));
    }

    /** The run's share of the processors, by its share of the devices. */
    int threads(List<String> ids) {
        int all = Math.max(1, devices.size());
        return Math.max(1, processors * Math.max(1, own(ids).size()) / all);
    }

    private List<Device> own(List<String> ids) {
        return devices.stream().filter(device -> ids.contains(device.id())).toList();
    }

    @Override
    public Optional<Child> adopt(RunFolder folder) throws IOException {
        if (!Files.exists(folder.lock())) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(folder.lock(), StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock != null) {
                return Optional.empty();
            }
        }
        return number(folder).flatMap(ProcessHandle::of).map(Adopted::new);
    }

    /** A process that has just begun writes its number right after it has locked its folder. */
    private static Optional<Long> number(RunFolder folder) throws IOException {
        for (int look = 0; look < LOOKS; look++) {
            Optional<byte[]> written = RunFolder.bytes(folder.process());
            if (written.isPresent()) {
                return written.map(bytes -> Long.parseLong(new String(bytes, StandardCharsets.UTF_8)));
            }
            try {
                Thread.sleep(BETWEEN_LOOKS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException(e.getMessage());
            }
        }
        return Optional.empty();
    }

    private record Started(Process process) implements Child {
        @Override
        public boolean alive() {
            return process.isAlive();
        }

        @Override
        public OptionalInt status() {
            return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
        }

        @Override
        public long memoryBytes() {
            return resident(process.pid());
        }

        @Override
        public void kill() {
            killTree(process.toHandle());
        }
    }

    private record Adopted(ProcessHandle process) implements Child {
        @Override
        public boolean alive() {
            return process.isAlive();
        }

        @Override
        public OptionalInt status() {
            return OptionalInt.empty();
        }

        @Override
        public long memoryBytes() {
            return resident(process.pid());
        }

        @Override
        public void kill() {
            killTree(process);
        }
    }

    private static void killTree(ProcessHandle process) {
        List<ProcessHandle> below = process.descendants().toList();
        process.destroyForcibly();
        below.forEach(ProcessHandle::destroyForcibly);
    }

    private static long resident(long pid) {
        try {
            Matcher line = RESIDENT.matcher(Files.readString(Path.of("/proc", Long.toString(pid), "status")));
            return line.find() ? Long.parseLong(line.group(1)) * 1024 : 0;
        } catch (IOException _) {
            return 0;
        }
    }
}
