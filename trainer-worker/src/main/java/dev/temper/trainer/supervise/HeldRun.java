package dev.temper.trainer.supervise;

import dev.temper.contract.CodedException;
import dev.temper.contract.link.Directive;
import dev.temper.contract.link.Failure;
import dev.temper.contract.link.FileRef;
import dev.temper.contract.link.LeaseId;
import dev.temper.contract.link.LeaseOffer;
import dev.temper.contract.link.Outcome;
import dev.temper.contract.link.Phase;
import dev.temper.contract.link.RunBeat;
import dev.temper.contract.link.WorkerEvent;
import dev.temper.trainer.data.DiskFailure;
import dev.temper.trainer.link.PlatformLink;
import dev.temper.trainer.supervise.DirectiveFile.Wish;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt in this worker's hands, from its offer until the platform has its outcome. Its thread is the only one that
 * moves it on; the others leave wishes.
 */
final class HeldRun {
    private static final Logger log = LoggerFactory.getLogger(HeldRun.class);

    /** What the courier gets to end what it is about when the run has ended. */
    private static final Duration LAST_ERRAND = Duration.ofSeconds(1);

    private final RunFolder folder;
    private final LeaseOffer offer;
    private final Ground ground;
    private final EventSpool spool;
    private final Intake intake;
    private final EventDelivery delivery;
    private final DirectiveFile directiveFile;
    private final Watch watch;
    private final CountDownLatch left = new CountDownLatch(1);

    private volatile Phase phase = Phase.STARTING;
    private volatile long step;
    private volatile long leaseEnds;
    private volatile boolean lost;
    private volatile boolean over;
    private volatile boolean carrying;
    /** Of its own while the run lasts: a request that the network swallowed is broken off with it and nobody waits for it. */
    private volatile PlatformLink way;
    /** While files are fetched: who is told to stop does not wait for them. */
    private volatile @Nullable PlatformLink fetching;

    private volatile Wish wish;
    private volatile @Nullable Directive stopping;

    private volatile Launcher.@Nullable Child child;
    private volatile long checkpointStep;
    private volatile long checkpointSent;
    /** The number of the event that tells of the last checkpoint that was wished for; none is wished for before that is held. */
    private volatile long checkpointTold;

    private @Nullable Failure verdict;

    /** What a run needs of the worker around it. */
    record Ground(
            PlatformLink link,
            Launcher launcher,
            ContentCache cache,
            SupervisorSettings settings,
            Supplier<Duration> pace,
            Runnable stirred) {}

    HeldRun(RunFolder folder, LeaseOffer offer, Ground ground) {
        this.folder = folder;
        this.offer = offer;
        this.ground = ground;
        this.way = ground.link();
        this.spool = EventSpool.open(folder.spool());
        this.delivery = new EventDelivery(
                spool,
                offer.lease().fence(),
                ground.settings().clock(),
                batch -> way.events(offer.lease().job(), batch));
        this.directiveFile = new DirectiveFile(folder.directive());
        this.wish = directiveFile.read();
        this.watch = new Watch(ground.settings(), offer);
        this.intake = new Intake(folder, spool, ground.settings().clock(), this::witness);
        renewed(offer.leaseMillis());
    }

    LeaseId lease() {
        return offer.lease();
    }

    List<String> devices() {
        return offer.devices();
    }

    RunBeat beat() {
        return new RunBeat(offer.lease(), phase, step, stopping);
    }

    // What the other threads leave

    /** The lease holds for so long from now on. */
    void renewed(long millis) {
        leaseEnds = System.nanoTime() + Duration.ofMillis(millis).toNanos();
    }

    /**
     * The lease is over: nothing of it is wanted any more but its story.
     *
     * @return whether that is news
     */
    boolean lose() {
        boolean news = !lost && !over;
        lost = true;
        fetchNoMore();
        kill();
        return news;
    }

    /** The supervisor ends here; the run lives on for the next one. */
    void leave() {
        left.countDown();
        fetchNoMore();
    }

    /** What the platform wants now. A wish that stops stays, whatever is said later, but for one to stop at once. */
    synchronized void want(Directive directive) {
        boolean news = switch (directive) {
            case CONTINUE -> false;
            case CHECKPOINT -> stopping == null && spool.held() >= checkpointTold;
            case PAUSE, PREEMPT, DRAIN -> stopping == null;
            case CANCEL -> stopping != Directive.CANCEL;
        };
        if (!news) {
            return;
        }
        if (directive.stops()) {
            stopping = directive;
            fetchNoMore();
        } else {
            checkpointTold = Long.MAX_VALUE;
        }
        wish = new Wish(directive, wish.number() + 1);
        directiveFile.write(wish);
        watch.wanted(directive);
    }

    // What its thread does

    /** Goes on until the platform has all of it, or the supervisor ends. */
    void run() {
        try {
            Optional<Outcome> known = folder.readOutcome();
            Outcome outcome = known.isPresent() ? known.get() : conclude();
            deliver(outcome);
            close();
            folder.delete();
        } catch (Left _) {
            close();
        } catch (RuntimeException e) {
            // Its lease ends by itself, and the platform has it done elsewhere.
            log.error("Run {} can't be looked after any more: {}", offer.lease(), e.getMessage(), e);
            kill();
            close();
        } catch (InterruptedException _) {
            close();
            Thread.currentThread().interrupt();
        } finally {
            ground.stirred().run();
        }
    }

    /** The supervisor ends before the run does. */
    private static final class Left extends Exception {
        private static final long serialVersionUID = 1;
    }

    private Outcome conclude() throws InterruptedException, Left {
        Ending ending = Files.exists(folder.ending()) || begun() ? follow() : start();
        intake.pull(true);
        phase = Phase.DELIVERING;
        intake.add(new WorkerEvent.Phased(Phase.DELIVERING, null));
        boolean goesOn = !(ending instanceof Ending.Done) && stopping != Directive.CANCEL;
        if (goesOn) {
            sendCheckpoint();
        }
        List<FileRef> outputs = ending instanceof Ending.Done ? sendOutputs() : List.of();
        Outcome outcome = Outcomes.of(offer.lease().fence(), spool.last(), ending, outputs);
        folder.writeOutcome(outcome);
        return outcome;
    }

    /** Whether an earlier supervisor has started the process. */
    private boolean begun() {
        return Files.exists(folder.story()) || Files.exists(folder.lock());
    }

    private Ending start() throws InterruptedException, Left {
        intake.add(new WorkerEvent.Phased(Phase.STARTING, null));
        try {
            fetch();
            if (lost || stopping != null) {
                return ended();
            }
            child = ground.launcher().launch(folder, offer, ground.settings().memoryFor(offer));
        } catch (IOException e) {
            return new Ending.Failed(new Failure(
                    Failure.Cause.WORKER,
                    "run_not_started",
                    Texts.cut("The worker could not start the run's process: " + e.getMessage()),
                    "Look at the worker's log and disk."));
        }
        return watched();
    }

    private void fetch() throws InterruptedException, Left, IOException {
        try (PlatformLink own = ground.link().apart()) {
            fetching = own;
            for (FileRef file : offer.files()) {
                fetch(own, file);
            }
        } finally {
            fetching = null;
        }
    }

    private void fetchNoMore() {
        PlatformLink own = fetching;
        if (own != null) {
            own.close();
        }
    }

    private void fetch(PlatformLink own, FileRef file) throws InterruptedException, Left, IOException {
        Retry retry = new Retry();
        while (!lost && stopping == null) {
            try {
                ground.cache().lay(own, offer.lease(), file, folder.work(), () -> !lost && stopping == null);
                return;
            } catch (CodedException e) {
                if (e.code().equals(PlatformLink.FENCE_STALE)) {
                    lost = true;
                    return;
                }
                throw e;
            } catch (IOException e) {
                log.info("{} of run {} could not be fetched: {}", file.path(), offer.lease(), e.getMessage());
                pause(retry.next());
            }
        }
    }

    /** The run of an earlier supervisor: it lives, or it has ended one way or the other. */
    private Ending follow() throws InterruptedException, Left {
        try {
            Optional<Launcher.Child> found = ground.launcher().adopt(folder);
            if (found.isEmpty()) {
                return ended();
            }
            intake.add(new WorkerEvent.Notice("The worker was started again and has found the run alive."));
            child = found.get();
        } catch (IOException e) {
            throw DiskFailure.writing(folder.lock(), e);
        }
        return watched();
    }

    private Ending watched() throws InterruptedException, Left {
        Launcher.Child running = Objects.requireNonNull(child);
        carrying = true;
        way = ground.link().apart();
        Thread courier = Thread.ofVirtual().name("courier").start(this::carry);
        try {
            long sign = 0;
            while (running.alive()) {
                RunFolder.write(folder.alive(), Long.toString(sign++));
                intake.pull(false);
                if (lost) {
                    running.kill();
                } else if (verdict == null) {
                    judge(running);
                }
                pause(ground.settings().glance());
            }
        } finally {
            carrying = false;
            bringHome(courier);
        }
        return ended();
    }

    private void bringHome(Thread courier) throws InterruptedException {
        PlatformLink own = way;
        try {
            courier.join(LAST_ERRAND);
        } finally {
            own.close();
            way = ground.link();
        }
        courier.join();
    }

    /** Takes to the platform what there is, apart from the thread that looks after the run: the network may hang. */
    private void carry() {
        while (carrying) {
            tell();
            if (carrying) {
                sendCheckpointIfNew();
            }
            long next = System.nanoTime() + ground.pace().get().toNanos();
            while (carrying && next - System.nanoTime() > 0) {
                LockSupport.parkNanos(ground.settings().glance().toNanos());
            }
        }
    }

    private void judge(Launcher.Child running) {
        if (System.nanoTime() - leaseEnds > 0 && stopping == null) {
            log.warn("The lease of run {} is over and the platform can't be reached; it stops", offer.lease());
            want(Directive.PREEMPT);
        }
        switch (watch.look(running.memoryBytes())) {
            case Watch.Well() -> {}
            case Watch.Late() -> running.kill();
            case Watch.Guilty(Failure failure) -> {
                verdict = failure;
                running.kill();
            }
        }
    }

    private Ending ended() {
        if (verdict != null) {
            return new Ending.Failed(verdict);
        }
        Optional<Ending> said = new EndingFile(folder.ending()).read();
        if (said.isPresent()) {
            return said.get();
        }
        if (stopping != null) {
            return new Ending.Stopped(stopping, step);
        }
        Launcher.Child gone = child;
        return new Ending.Failed(Outcomes.vanished(gone == null ? OptionalInt.empty() : gone.status()));
    }

    private void witness(WorkerEvent event) {
        switch (event) {
            case WorkerEvent.Phased(Phase entered, String _) -> phase = entered;
            case WorkerEvent.Metrics metrics -> {
                step = Math.max(step, metrics.step());
                watch.progress();
            }
            case WorkerEvent.Checkpoint checkpoint -> {
                checkpointStep = Math.max(checkpointStep, checkpoint.step());
                watch.progress();
            }
            case WorkerEvent.Log _,
                    WorkerEvent.Notice _,
                    WorkerEvent.Sample _,
                    WorkerEvent.Answer _,
                    WorkerEvent.Other _ -> watch.progress();
        }
    }

    // What the platform is told

    private void tell() {
        try {
            if (spool.last() > spool.held() && delivery.deliver() == EventDelivery.Progress.LEASE_LOST) {
                lost = true;
            }
        } catch (CodedException e) {
            refused(e);
        }
    }

    private void refused(CodedException e) {
        if (!e.code().equals(PlatformLink.FENCE_STALE)) {
            log.error("The platform refuses what run {} tells: {} {}", offer.lease(), e.getMessage(), e.remedy());
        }
        lost = true;
    }

    private void sendCheckpointIfNew() {
        if (checkpointStep > checkpointSent && !lost) {
            try {
                sendCheckpointOnce();
            } catch (IOException e) {
                log.debug("A checkpoint of run {} could not be sent yet", offer.lease(), e);
            }
        }
    }

    private void sendCheckpoint() throws InterruptedException, Left {
        Retry retry = new Retry();
        while (checkpointStep > checkpointSent && !lost) {
            try {
                sendCheckpointOnce();
            } catch (IOException e) {
                log.info("A checkpoint of run {} could not be sent: {}", offer.lease(), e.getMessage());
                pause(retry.next());
            }
        }
    }

    /** The newest one; one that the run has removed meanwhile has a successor, or is missed by nobody. */
    private void sendCheckpointOnce() throws IOException {
        long newest = checkpointStep;
        Optional<Path> place = Results.checkpoint(folder.work(), newest);
        try {
            if (place.isPresent()) {
                List<FileRef> files = Contents.of(folder.work(), place.get(), _ -> true);
                Contents.send(way, offer.lease(), folder.work(), files);
                intake.add(new WorkerEvent.Checkpoint(newest, files));
                checkpointTold = spool.last();
            }
            checkpointSent = newest;
        } catch (NoSuchFileException | FileNotFoundException _) {
            checkpointSent = newest;
        } catch (CodedException e) {
            refused(e);
        }
    }

    private List<FileRef> sendOutputs() throws InterruptedException, Left {
        Retry retry = new Retry();
        while (!lost) {
            try {
                List<FileRef> outputs = Results.outputs(folder.work(), offer.files());
                Contents.send(way, offer.lease(), folder.work(), outputs);
                return outputs;
            } catch (CodedException e) {
                refused(e);
            } catch (IOException e) {
                log.info("The results of run {} could not be sent: {}", offer.lease(), e.getMessage());
                pause(retry.next());
            }
        }
        return List.of();
    }

    /** The story first, then the end; of a lease that is over the story alone. */
    private void deliver(Outcome outcome) throws InterruptedException, Left {
        phase = Phase.DELIVERING;
        Retry retry = new Retry();
        while (true) {
            try {
                switch (delivery.deliver()) {
                    case COMPLETE -> {
                        if (!lost) {
                            // A heartbeat that is under way still names the run, and is told that it is gone.
                            over = true;
                            way.outcome(offer.lease().job(), outcome);
                        }
                        return;
                    }
                    case LEASE_LOST -> {
                        lost = true;
                        return;
                    }
                    case LATER -> pause(retry.next());
                }
            } catch (CodedException e) {
                refused(e);
                return;
            } catch (IOException e) {
                log.info("The outcome of run {} could not be told: {}", offer.lease(), e.getMessage());
                pause(retry.next());
            }
        }
    }

    private void pause(Duration wait) throws InterruptedException, Left {
        if (left.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new Left();
        }
    }

    private void kill() {
        if (child != null) {
            child.kill();
        }
    }

    private void close() {
        spool.close();
    }
}
