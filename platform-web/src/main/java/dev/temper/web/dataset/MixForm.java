package dev.temper.web.dataset;

import dev.temper.platform.dataset.Preparation;
import dev.temper.platform.dataset.Preparation.Mixed;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.util.MultiValueMap;

/**
 * Which versions a version is mixed with.
 *
 * @param ratio of the version itself, as typed
 * @param others one entry for each line of the form, also for empty ones
 */
record MixForm(String ratio, List<Line> others) {
    static final int LINES = 3;
    private static final String UUID_FORM = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    MixForm {
        others = List.copyOf(others);
    }

    /** One other version; empty where none is chosen. */
    record Line(String version, String ratio) {}

    static MixForm read(MultiValueMap<String, String> typed) {
        List<Line> others = new ArrayList<>();
        for (int i = 0; i < LINES; i++) {
            others.add(
                    new Line(RecipePages.first(typed, "with-" + i), RecipePages.first(typed, "with-" + i + "-ratio")));
        }
        return new MixForm(RecipePages.first(typed, "ratio"), others);
    }

    /** What is to be made; a ratio that is no number is refused as one out of range. */
    double own() {
        return number(ratio);
    }

    List<Mixed> mixed() {
        return others.stream()
                .filter(line -> line.version().matches(UUID_FORM))
                .map(line -> new Mixed(UUID.fromString(line.version()), number(line.ratio())))
                .toList();
    }

    private static double number(String typed) {
        if (typed.isBlank()) {
            return 1;
        }
        try {
            return Double.parseDouble(typed.strip());
        } catch (NumberFormatException noNumber) {
            return Preparation.MOST + 1;
        }
    }
}
