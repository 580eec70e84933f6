package dev.temper.text.metric;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/**
 * How well classes were predicted, as scikit-learn reports it with zero where nothing can be divided.
 *
 * @param classes by label, in order
 * @param confusion by true label, then by predicted one
 */
public record LabelReport(double accuracy, Map<String, Scores> classes, Map<String, Map<String, Integer>> confusion) {
    /** @param support how often the class is the truth */
    public record Scores(double precision, double recall, double f1, int support) {}

    public static LabelReport of(List<String> truth, List<String> predicted) {
        TreeSet<String> labels = new TreeSet<>(truth);
        labels.addAll(predicted);
        Map<String, Map<String, Integer>> confusion = new TreeMap<>();
        for (String label : labels) {
            Map<String, Integer> row = new TreeMap<>();
            labels.forEach(other -> row.put(other, 0));
            confusion.put(label, row);
        }
        int right = 0;
        for (int i = 0; i < truth.size(); i++) {
            confusion.getOrDefault(truth.get(i), new TreeMap<>()).merge(predicted.get(i), 1, Integer::sum);
            right += truth.get(i).equals(predicted.get(i)) ? 1 : 0;
        }
        Map<String, Scores> classes = new TreeMap<>();
        labels.forEach(label -> classes.put(label, scores(label, confusion)));
        return new LabelReport(truth.isEmpty() ? 0 : (double) right / truth.size(), classes, confusion);
    }

    private static Scores scores(String label, Map<String, Map<String, Integer>> confusion) {
        int hits = confusion.getOrDefault(label, Map.of()).getOrDefault(label, 0);
        int support = confusion.getOrDefault(label, Map.of()).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
        int predictions = confusion.values().stream()
                .mapToInt(row -> row.getOrDefault(label, 0))
                .sum();
        Overlap overlap = Overlap.of(hits, predictions, support);
        return new Scores(overlap.precision(), overlap.recall(), overlap.f(), support);
    }

    /** The mean over classes, each counting once. */
    public Scores macro() {
        return mean(scores -> 1);
    }

    /** The mean over classes, each counting as often as it is the truth. */
    public Scores weighted() {
        return mean(Scores::support);
    }

    private Scores mean(ToDoubleFunction<Scores> weight) {
        double all = classes.values().stream().mapToDouble(weight).sum();
        return new Scores(
                sum(weight, Scores::precision) / all,
                sum(weight, Scores::recall) / all,
                sum(weight, Scores::f1) / all,
                classes.values().stream().mapToInt(Scores::support).sum());
    }

    private double sum(ToDoubleFunction<Scores> weight, ToDoubleFunction<Scores> value) {
        return classes.values().stream()
                .mapToDouble(scores -> weight.applyAsDouble(scores) * value.applyAsDouble(scores))
                .sum();
    }
}
