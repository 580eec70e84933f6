package dev.temper.platform.advisor;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one setting should be.
 *
 * @param setting its path in a run spec, as in {@code method.rank}
 * @param value a number, a word or a truth value
 * @param rule why, as a code; {@link AdviceTexts} has the words
 * @param facts what the words name
 * @param least values below are unusual; null where any will do
 * @param most values above are
 */
public record Advice(
        String setting,
        Object value,
        String rule,
        Map<String, Object> facts,
        @Nullable Double least,
        @Nullable Double most) {
    public Advice {
        facts = Map.copyOf(facts);
    }

    static Advice of(String setting, Object value, String rule, double least, double most) {
        return new Advice(setting, value, rule, Map.of(), least, most);
    }

    Advice with(String fact, Object value) {
        return new Advice(setting, this.value, rule, Map.of(fact, value), least, most);
    }

    boolean allows(double chosen) {
        return (least == null || chosen >= least) && (most == null || chosen <= most);
    }
}
