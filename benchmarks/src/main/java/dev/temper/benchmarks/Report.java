package dev.temper.benchmarks;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a benchmark found, and the circumstances without which its figures mean nothing.
 *
 * @param circumstances the machine and what was measured
 */
public record Report(String benchmark, Instant at, Map<String, Object> circumstances, List<Figure> figures) {
    /** One measured number: what it is of, how much, and in which unit. */
    public record Figure(String of, double value, String unit) {}

    public static Builder of(String benchmark) {
        return new Builder(benchmark);
    }

    /** Collects figures as they are measured. */
    public static final class Builder {
        private final String benchmark;
        private final Map<String, Object> circumstances = new LinkedHashMap<>();
        private final List<Figure> figures = new ArrayList<>();

        private Builder(String benchmark) {
            this.benchmark = benchmark;
            var machine = ManagementFactory.getOperatingSystemMXBean();
            circumstances.put("cores", machine.getAvailableProcessors());
            circumstances.put("load", machine.getSystemLoadAverage());
            circumstances.put("java", Runtime.version().toString());
        }

        public Builder under(String circumstance, Object value) {
            circumstances.put(circumstance, value);
            return this;
        }

        public Builder figure(String of, double value, String unit) {
            figures.add(new Figure(of, value, unit));
            return this;
        }

        public Report build() {
            return new Report(benchmark, Instant.now(), Map.copyOf(circumstances), List.copyOf(figures));
        }
    }
}
