package dev.temper.trainer.supervise;

import dev.temper.contract.CodedException;
import dev.temper.contract.link.DeviceReading;
import dev.temper.contract.link.Directive;
import dev.temper.contract.link.Heartbeat;
import dev.temper.contract.link.HeartbeatAnswer;
import dev.temper.contract.link.LeaseId;
import dev.temper.contract.link.LeaseOffer;
import dev.temper.contract.link.LeaseRequest;
import dev.temper.contract.link.RunBeat;
import dev.temper.trainer.data.DiskFailure;
import dev.temper.trainer.link.PlatformLink;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes runs, starts them, looks after them and tells the platform. What it knows stands on disk: the one that comes after
 * it, however it ended, goes on where it stopped.
 */
final class Supervisor implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Supervisor.class);
    private static final Duration LONGEST_BEAT = Duration.ofSeconds(30);

    private final Path runs;
    private final List<String> kinds;
    private final Telemetry telemetry;
    private final HeldRun.Ground ground;
    private final Map<LeaseId, HeldRun> held = new ConcurrentHashMap<>();
    private final Map<LeaseId, Thread> threads = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable CodedException> refused = new AtomicReference<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread leasing;
    private final Thread beating;
    private volatile boolean stopping;

    Supervisor(
            Path folder,
            PlatformLink link,
            List<String> kinds,
            Telemetry telemetry,
            Launcher launcher,
            ContentCache cache,
            SupervisorSettings settings) {
        this.runs = folder.resolve("runs");
        this.kinds = List.copyOf(kinds);
        this.telemetry = telemetry;
        this.ground =
                new HeldRun.Ground(link, launcher, cache, settings, () -> settings.pace(held.size()), this::stirred);
        this.leasing = Thread.ofVirtual().name("leasing").unstarted(this::lease);
        this.beating = Thread.ofVirtual().name("beating").unstarted(this::beat);
    }

    /** Takes up what an earlier supervisor left, and goes on from there. */
    void start() {
        try {
            Files.createDirectories(runs);
        } catch (IOException e) {
            throw DiskFailure.writing(runs, e);
        }
        for (RunFolder folder : RunFolder.in(runs)) {
            LeaseOffer offer = folder.readOffer();
            log.info("Run {} of an earlier start is taken up", offer.lease());
            hold(folder, offer);
        }
        beating.start();
        leasing.start();
    }

    /**
     * Waits until it is stopped.
     *
     * @throws CodedException if the platform does not know this worker any more, or does not speak its language
     */
    void await() throws InterruptedException {
        over.await();
        CodedException why = refused.get();
        if (why != null) {
            throw why;
        }
    }

    int runs() {
        return held.size();
    }

    private void hold(RunFolder folder, LeaseOffer offer) {
        HeldRun run = new HeldRun(folder, offer, ground);
        held.put(offer.lease(), run);
        threads.put(
                offer.lease(),
                Thread.ofVirtual().name("run-" + offer.lease().fence()).start(() -> {
                    try {
                        run.run();
                    } finally {
                        held.remove(offer.lease());
                        threads.remove(offer.lease());
                    }
                }));
    }

    // Taking runs

    private void lease() {
        Retry retry = new Retry();
        try {
            while (!stopping) {
                try {
                    if (freeDisk() < ground.settings().leastFreeDisk()) {
                        log.warn("The disk is nearly full; no new runs are taken");
                        Thread.sleep(ground.settings().beat());
                        continue;
                    }
                    take().ifPresent(this::begin);
                    retry.reset();
                } catch (IOException e) {
                    log.info("No runs can be taken: {}", e.getMessage());
                    Thread.sleep(retry.next());
                } catch (CodedException e) {
                    refuse(e);
                    Thread.sleep(retry.next());
                } catch (RuntimeException e) {
                    log.error("Something is wrong here; it is tried again", e);
                    Thread.sleep(retry.next());
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<LeaseOffer> take() throws IOException {
        return ground.link()
                .lease(new LeaseRequest(ground.settings().leaseWait().toMillis(), kinds, List.copyOf(held.keySet())));
    }

    private void begin(LeaseOffer offer) {
        if (stopping || held.containsKey(offer.lease())) {
            return;
        }
        RunFolder folder = RunFolder.of(runs, offer.lease());
        // Offered again because this worker could not begin it the first time.
        folder.delete();
        folder.begin(offer);
        log.info("Run {} of kind {} on {}", offer.lease(), offer.kind(), offer.devices());
        hold(folder, offer);
    }

    // Saying that it lives

    private void beat() {
        Retry retry = new Retry(ground.settings().beat());
        Duration patience = ground.settings().beatPatience();
        try {
            while (over.getCount() > 0) {
                long asked = System.nanoTime();
                try {
                    obey(say(patience), asked);
                    retry.reset();
                    patience = ground.settings().beatPatience();
                    restAfter(asked);
                } catch (HttpTimeoutException e) {
                    log.info("A heartbeat got lost: {}", e.getMessage());
                    // Perhaps the platform is only slow, and would never be heard otherwise.
                    patience = Duration.ofMillis(Math.min(LONGEST_BEAT.toMillis(), patience.toMillis() * 2));
                } catch (IOException e) {
                    log.info("The platform can't be told that this worker lives: {}", e.getMessage());
                    Thread.sleep(retry.next());
                } catch (CodedException e) {
                    refuse(e);
                    Thread.sleep(retry.next());
                } catch (RuntimeException e) {
                    log.error("Something is wrong here; it is tried again", e);
                    Thread.sleep(retry.next());
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** The platform holds the answer back while there is nothing to say; what it says at once is not asked for at once again. */
    private void restAfter(long asked) throws InterruptedException {
        Duration took = Duration.ofNanos(System.nanoTime() - asked);
        Duration least = ground.settings().glance().multipliedBy(2);
        if (took.compareTo(least) < 0) {
            Thread.sleep(least.minus(took));
        }
    }

    private HeartbeatAnswer say(Duration patience) throws IOException {
        Collection<HeldRun> now = held.values();
        List<RunBeat> beats = now.stream().map(HeldRun::beat).toList();
        Set<String> busy = new HashSet<>();
        now.forEach(run -> busy.addAll(run.devices()));
        List<DeviceReading> readings = telemetry.read(busy);
        long wait = ground.settings().beat().toMillis();
        return ground.link().heartbeat(new Heartbeat(beats, readings, freeDisk(), wait), patience);
    }

    private void obey(HeartbeatAnswer answer, long asked) {
        long gone = (System.nanoTime() - asked) / 1_000_000;
        answer.runs().forEach(renewal -> {
            HeldRun run = held.get(renewal.lease());
            if (run != null) {
                run.renewed(Math.max(0, renewal.leaseMillis() - gone));
                run.want(renewal.directive());
            }
        });
        answer.lost().forEach(lease -> {
            HeldRun run = held.get(lease);
            if (run != null && run.lose()) {
                log.warn("Run {} is no longer this worker's and is ended", lease);
            }
        });
    }

    private long freeDisk() throws IOException {
        return Files.getFileStore(runs).getUsableSpace();
    }

    // Ending

    /** The platform says no to the worker itself: what it runs is not wanted any more. */
    private void refuse(CodedException e) {
        if (e.code().equals("worker_not_accepted") || e.code().equals("worker_protocol_unsupported")) {
            log.error("The platform refuses this worker: {} {}", e.getMessage(), e.remedy());
            refused.set(e);
            stopping = true;
            held.values().forEach(run -> run.lose());
            over.countDown();
        } else {
            log.error("The platform refuses what this worker asks: {} {}", e.getMessage(), e.remedy());
        }
    }

    private synchronized void stirred() {
        notifyAll();
    }

    /** Has every run stop with a checkpoint and tells the platform, as far as there is time for it. */
    synchronized void stop(Duration patience) throws InterruptedException {
        stopping = true;
        leasing.interrupt();
        held.values().forEach(run -> run.want(Directive.DRAIN));
        long deadline = System.nanoTime() + patience.toNanos();
        while (!held.isEmpty() && deadline - System.nanoTime() > 0) {
            wait(ground.settings().glance().toMillis());
        }
    }

    /** Ends the supervisor alone: runs that still live do so, for the next one to find. */
    @Override
    public void close() {
        stopping = true;
        over.countDown();
        held.values().forEach(HeldRun::leave);
        leasing.interrupt();
        beating.interrupt();
        ground.link().close();
        for (Thread thread : threads.values()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
