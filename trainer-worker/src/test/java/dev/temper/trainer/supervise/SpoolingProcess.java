package dev.temper.trainer.supervise;

import java.nio.file.Path;
import java.util.List;

/** Keeps one event after the other and says the number of each that is kept, until it is killed. */
final class SpoolingProcess {
    private SpoolingProcess() {}

    public static void main(String[] arguments) {
        EventSpool spool = EventSpool.open(Path.of(arguments[0]));
        for (long number = 1; number <= 100_000; number++) {
            spool.append(List.of(EventSpoolTest.event(number)));
            System.out.println(number);
        }
    }
}
