package dev.temper.trainer.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.temper.contract.CodedException;
import dev.temper.contract.link.EventBatch;
import dev.temper.contract.link.EventsHeld;
import dev.temper.contract.link.TimedEvent;
import dev.temper.contract.link.WorkerEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventSpoolTest {
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
    private static final int SMALL = 300;

    @TempDir
    Path folder;

    @Test
    void numbersGoOnAfterItIsOpenedAgain() {
        try (EventSpool spool = EventSpool.open(folder)) {
            spool.append(events(1, 3));
        }
        try (EventSpool spool = EventSpool.open(folder)) {
            spool.append(events(4, 5));

            EventBatch batch = spool.pending(7, NOW);
            assertThat(batch).isEqualTo(new EventBatch(7, NOW, 1, events(1, 5)));
            assertThat(spool.last()).isEqualTo(5);
        }
    }

    @Test
    void whatIsHeldIsNotSentAgainAndItsFilesGo() throws IOException {
        try (EventSpool spool = EventSpool.open(folder, SMALL)) {
            for (int i = 1; i <= 50; i++) {
                spool.append(events(i, i));
            }
            long files = segments();

            spool.held(49);

            assertThat(segments()).isLessThan(files).isEqualTo(1);
            assertThat(numbers(spool.pending(7, NOW))).containsExactly(50L);
        }
        try (EventSpool spool = EventSpool.open(folder, SMALL)) {
            assertThat(spool.held()).isEqualTo(49);
        }
    }

    @Test
    void anEmptySpoolOpenedAfterAllWasHeldStillKnowsItsNumbers() throws IOException {
        try (EventSpool spool = EventSpool.open(folder, 1)) {
            spool.append(events(1, 1));
            spool.append(events(2, 2));
            spool.held(2);
        }
        Files.delete(folder.resolve("held"));
        try (EventSpool spool = EventSpool.open(folder, 1)) {
            assertThat(spool.last()).isEqualTo(2);
            assertThat(spool.held()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 9, 40})
    void aLineThatACrashCutOffIsDropped(int cut) throws IOException {
        try (EventSpool spool = EventSpool.open(folder)) {
            spool.append(events(1, 3));
        }
        Path file = segment();
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - cut));

        try (EventSpool spool = EventSpool.open(folder)) {
            assertThat(spool.last()).isEqualTo(2);
            spool.append(events(3, 4));
            assertThat(numbers(spool.pending(7, NOW))).containsExactly(1L, 2L, 3L, 4L);
        }
        try (EventSpool spool = EventSpool.open(folder)) {
            assertThat(spool.last()).isEqualTo(4);
        }
    }

    @Test
    void damageBeforeAWholeLineIsNotPassedOver() throws IOException {
        try (EventSpool spool = EventSpool.open(folder)) {
            spool.append(events(1, 3));
        }
        Path file = segment();
        byte[] bytes = Files.readAllBytes(file);
        bytes[30] ^= 1;
        Files.write(file, bytes);

        assertCode("event_spool_damaged", () -> EventSpool.open(folder));
    }

    @Test
    void aMissingFileIsNotPassedOver() throws IOException {
        try (EventSpool spool = EventSpool.open(folder, 1)) {
            for (int i = 1; i <= 3; i++) {
                spool.append(events(i, i));
            }
        }
        Files.delete(folder.resolve("0000000000000000002.events"));

        assertCode("event_spool_damaged", () -> EventSpool.open(folder, 1));
    }

    @Test
    void theFilesOfOthersAreLeftAlone() throws IOException {
        Files.writeString(folder.resolve("notes.txt"), "x", StandardOpenOption.CREATE_NEW);

        try (EventSpool spool = EventSpool.open(folder)) {
            assertThat(spool.last()).isZero();
        }
    }

    @Test
    void aPlatformThatHoldsWhatNeverWasIsNotBelieved() {
        try (EventSpool spool = EventSpool.open(folder)) {
            spool.append(events(1, 3));

            assertCode("events_not_here", () -> spool.held(4));
            assertThat(spool.held()).isZero();
        }
    }

    @Test
    void aPlatformThatLostSomeGetsThemAgainWhileTheyAreHere() {
        try (EventSpool spool = EventSpool.open(folder)) {
            spool.append(events(1, 3));
            spool.held(3);

            spool.held(1);

            assertThat(numbers(spool.pending(7, NOW))).containsExactly(2L, 3L);
        }
    }

    @Test
    void batchesAreBoundedByNumberAndBySize() {
        try (EventSpool spool = EventSpool.open(folder)) {
            spool.append(events(1, EventBatch.MAX_EVENTS + 1));
            assertThat(spool.pending(7, NOW).events()).hasSize(EventBatch.MAX_EVENTS);

            spool.held(EventBatch.MAX_EVENTS + 1);
            String line = "x".repeat(WorkerEvent.MAX_TEXT);
            TimedEvent large = new TimedEvent(NOW, new WorkerEvent.Log(Collections.nCopies(100, line)));
            spool.append(List.of(large, large));
            assertThat(spool.pending(7, NOW).events()).containsExactly(large);
        }
    }

    /** Requests and answers get lost, the platform forgets, the worker is opened anew with its last line cut off. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theStoryArrivesWholeOnceAndInOrder(long seed) throws IOException {
        Random random = new Random(seed);
        List<TimedEvent> story = events(1, 400);
        List<TimedEvent> platform = new ArrayList<>();
        EventDelivery.Receiver receiver = batch -> {
            if (random.nextInt(3) == 0) {
                throw new IOException("The request got lost.");
            }
            int known = platform.size() - (int) batch.firstSeq() + 1;
            if (known >= 0 && known < batch.events().size()) {
                int some = random.nextInt(batch.events().size() - known) + 1;
                platform.addAll(batch.events().subList(known, known + some));
            }
            if (random.nextInt(3) == 0) {
                throw new IOException("The answer got lost.");
            }
            return new EventsHeld(platform.size(), false);
        };

        int told = 0;
        EventDelivery.Progress progress = EventDelivery.Progress.LATER;
        while (told < story.size() || progress != EventDelivery.Progress.COMPLETE) {
            try (EventSpool spool = EventSpool.open(folder, SMALL)) {
                assertThat(spool.last()).isEqualTo(told);
                int more = Math.min(random.nextInt(20), story.size() - told);
                spool.append(story.subList(told, told + more));
                told += more;
                progress = new EventDelivery(spool, 7, InstantSource.fixed(NOW), receiver).deliver();
            }
            if (random.nextBoolean()) {
                Files.write(newest(), new byte[random.nextInt(40)], StandardOpenOption.APPEND);
            }
        }

        assertThat(platform).isEqualTo(story);
    }

    @Test
    void theEndOfALeaseIsToldOnceAllIsDelivered() {
        try (EventSpool spool = EventSpool.open(folder)) {
            spool.append(events(1, 3));
            EventDelivery delivery =
                    new EventDelivery(spool, 7, InstantSource.fixed(NOW), batch -> new EventsHeld(3, true));

            assertThat(delivery.deliver()).isEqualTo(EventDelivery.Progress.LEASE_LOST);
        }
    }

    @Test
    void aPlatformThatTakesNothingIsNotAskedForEver() {
        try (EventSpool spool = EventSpool.open(folder)) {
            spool.append(events(1, 3));

            assertThat(new EventDelivery(spool, 7, InstantSource.fixed(NOW), batch -> new EventsHeld(0, false))
                            .deliver())
                    .isEqualTo(EventDelivery.Progress.LATER);
        }
    }

    @Test
    void whatAKilledProcessKeptIsThere() throws IOException, InterruptedException {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        SpoolingProcess.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long kept = 0;
        try (BufferedReader told = writer.inputReader()) {
            while (kept < 150) {
                kept = Long.parseLong(told.readLine());
            }
            writer.toHandle().destroyForcibly();
            writer.waitFor();
            for (String line = told.readLine(); line != null; line = told.readLine()) {
                kept = Long.parseLong(line);
            }
        }

        try (EventSpool spool = EventSpool.open(folder)) {
            assertThat(spool.last()).isGreaterThanOrEqualTo(kept);
            assertThat(numbers(spool.pending(7, NOW)))
                    .startsWith(LongStream.rangeClosed(1, Math.min(kept, EventBatch.MAX_EVENTS))
                            .boxed()
                            .toArray(Long[]::new));
        }
    }

    private static List<TimedEvent> events(long from, long to) {
        return LongStream.rangeClosed(from, to).mapToObj(EventSpoolTest::event).toList();
    }

    static TimedEvent event(long number) {
        return new TimedEvent(NOW.plusMillis(number), new WorkerEvent.Notice("event " + number));
    }

    private static List<Long> numbers(EventBatch batch) {
        return batch.events().stream()
                .map(event -> event.at().toEpochMilli() - NOW.toEpochMilli())
                .toList();
    }

    private Path segment() throws IOException {
        assertThat(segments()).isEqualTo(1);
        return newest();
    }

    private Path newest() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(SpoolSegment::isOne).sorted().toList().getLast();
        }
    }

    private long segments() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(SpoolSegment::isOne).count();
        }
    }

    private static void assertCode(String code, ThrowingCallable action) {
        assertThatThrownBy(action)
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
