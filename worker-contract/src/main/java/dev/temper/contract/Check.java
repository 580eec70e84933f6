package dev.temper.contract;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The conditions a value of a spec has to meet; every failure names the key. */
final class Check {
    private Check() {}

    static CodedException invalid(String key, String value, String wanted) {
        return CodedException.user(
                        "spec_invalid_value",
                        "The value of " + key + " is " + value + ".",
                        "Give " + key + " " + wanted + ".")
                .with("key", key);
    }

    static void present(String key, @Nullable Object value) {
        if (value == null) {
            throw invalid(key, "missing", "a value");
        }
    }

    static void atLeast(String key, double value, double least) {
        if (!(value >= least) || Double.isInfinite(value)) {
            throw invalid(key, number(value), "a value of at least " + number(least));
        }
    }

    static void positive(String key, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw invalid(key, number(value), "a value above 0");
        }
    }

    /** From 0 to just below 1. */
    static void share(String key, double value) {
        if (!(value >= 0 && value < 1)) {
            throw invalid(key, number(value), "a value from 0 to below 1");
        }
    }

    static void notBlank(String key, String value) {
        if (value.isBlank()) {
            throw invalid(key, "blank", "a value");
        }
    }

    static void notEmpty(String key, Collection<?> values) {
        if (values.isEmpty()) {
            throw invalid(key, "empty", "at least one entry");
        }
    }

    static void oneOf(String key, @Nullable String value, String... allowed) {
        if (value != null && !List.of(allowed).contains(value)) {
            throw invalid(key, value, "one of " + String.join(", ", allowed));
        }
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
