package dev.temper.platform.advisor;

import java.util.Map;

/**
 * Something that may be as it is, but seldom does well.
 *
 * @param setting its path in a run spec
 * @param code as in {@code outside_range}; {@link AdviceTexts} has the words
 */
public record Warning(String setting, String code, Map<String, Object> facts) {
    public Warning {
        facts = Map.copyOf(facts);
    }
}
