package dev.temper.platform.task;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a training will take, as far as it can be told before.
 *
 * @param rows learned from in an epoch
 * @param heldOut rows that are only measured on
 * @param steps of the whole run
 * @param tokens that it goes through, all epochs together; 0 while they are being counted
 * @param cut what the cutoff costs; null while tokens are being counted
 * @param memory null where the model's files or the pool's devices are not known
 * @param time null where nothing tells how fast the device is
 */
public record Prediction(
        long rows,
        long heldOut,
        long steps,
        long tokens,
        @Nullable Cut cut,
        @Nullable Memory memory,
        @Nullable Time time) {
    /** What is left of it after a step. */
    Prediction after(long step) {
        double left = steps == 0 ? 1 : Math.clamp(1 - (double) step / steps, 0, 1);
        return new Prediction(
                rows, heldOut, steps, Math.round(tokens * left), cut, memory, time == null ? null : time.times(left));
    }

    /**
     * What the cutoff costs.
     *
     * @param rows trained on without a part of them
     * @param answersLost rows that lose their whole answer
     * @param leftOut rows that teach nothing, those among them
     * @param longest tokens of the longest row: with that cutoff, nothing is lost
     */
    public record Cut(long rows, long answersLost, long leftOut, int longest) {}

    /**
     * Bytes on each device.
     *
     * @param parts of the need, as in {@code weights}, {@code activations}
     */
    public record Memory(long needed, long available, Map<String, Long> parts) {
        public Memory {
            parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
        }
    }

    /**
     * From the first step to the last.
     *
     * @param least between this
     * @param most and that
     * @param deviceHours what the middle of it costs
     * @param basis {@code measured} on runs like it, or {@code computed} from what a token costs
     * @param runs how many were measured
     */
    public record Time(long seconds, long least, long most, double deviceHours, String basis, int runs) {
        Time times(double part) {
            return new Time(
                    Math.round(seconds * part),
                    Math.round(least * part),
                    Math.round(most * part),
                    deviceHours * part,
                    basis,
                    runs);
        }
    }
}
