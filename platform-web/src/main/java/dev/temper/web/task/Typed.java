package dev.temper.web.task;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** What a step's fields change in the form. */
final class Typed {
    private static final String STANDARD = "standard-";

    private Typed() {}

    static TaskForm over(TaskForm form, Step step, MultiValueMap<String, String> typed) {
        return switch (step) {
            case DATASET -> data(form, typed);
            case MODEL -> take(form, typed, "model");
            case COMPUTE -> take(take(form, typed, "pool"), typed, "devices");
            case PARAMETERS -> parameters(form, typed);
            case REVIEW -> take(form, typed, "name");
        };
    }

    /** The same where another window saved meanwhile: what stands here as it was proposed takes nothing from it. */
    static TaskForm besides(TaskForm theirs, Step step, MultiValueMap<String, String> typed) {
        MultiValueMap<String, String> mine = new LinkedMultiValueMap<>(typed);
        for (Field field : Field.values()) {
            if (Objects.equals(typed.getFirst(field.id), typed.getFirst(STANDARD + field.id))) {
                mine.remove(field.id);
            }
        }
        return over(theirs, step, mine);
    }

    /** A card's button chooses that version alone, the boxes several with their weights. */
    private static TaskForm data(TaskForm form, MultiValueMap<String, String> typed) {
        String one = typed.getFirst("pick");
        if (one != null) {
            return form.with("data", one + ":1");
        }
        List<String> chosen = typed.getOrDefault("version", List.of());
        return chosen.isEmpty()
                ? form
                : form.with(
                        "data",
                        chosen.stream()
                                .map(version -> version + ":"
                                        + Objects.requireNonNullElse(typed.getFirst("weight-" + version), "1")
                                                .replace(",", ""))
                                .collect(Collectors.joining(",")));
    }

    /** What stands as it was proposed is nobody's choice, and follows the advice. */
    private static TaskForm parameters(TaskForm form, MultiValueMap<String, String> typed) {
        TaskForm changed = take(take(form, typed, "stage"), typed, "method");
        for (Field field : Field.values()) {
            String value = typed.getFirst(field.id);
            if (value != null) {
                boolean proposed = value.isBlank() || value.equals(typed.getFirst(STANDARD + field.id));
                changed = proposed ? changed.without(List.of(field.id)) : changed.with(field.id, value.strip());
            }
        }
        return changed;
    }

    private static TaskForm take(TaskForm form, MultiValueMap<String, String> typed, String name) {
        String value = typed.getFirst(name);
        return value == null ? form : form.with(Map.of(name, value.strip()));
    }

    /** The fields of a conflict: whose value is to stand, for each. */
    static TaskForm merged(TaskForm theirs, MultiValueMap<String, String> typed) {
        TaskForm merged = theirs;
        for (String name : new ArrayList<>(typed.keySet())) {
            if (name.startsWith("keep-")) {
                String value = Objects.requireNonNullElse(typed.getFirst(name), "");
                String field = name.substring("keep-".length());
                merged = value.isEmpty() ? merged.without(List.of(field)) : merged.with(field, value);
            }
        }
        return merged;
    }
}
