package dev.temper.benchmarks;

import java.util.concurrent.Callable;

/**
 * One benchmark: a picocli command that measures and returns what it found. Registered in {@code META-INF/services};
 * {@link Bench} prints the report.
 */
public interface Benchmark extends Callable<Report> {}
