package dev.temper.benchmarks.trainer;

import java.util.Locale;

/** One thing to measure, written {@code lora/fp32/temper}. */
record Case(Method method, String precision, Who who) {
    static Case parse(String text) {
        String[] parts = text.toUpperCase(Locale.ROOT).replace('-', '_').split("/", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("a case is method/precision/who, not " + text);
        }
        return new Case(Method.valueOf(parts[0]), parts[1].toLowerCase(Locale.ROOT), Who.valueOf(parts[2]));
    }

    @Override
    public String toString() {
        return method + " " + precision + ", " + who;
    }
}
