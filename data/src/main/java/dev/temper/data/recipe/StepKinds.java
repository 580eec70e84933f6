package dev.temper.data.recipe;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** All kinds of steps there are, in the order in which they are best applied. */
public final class StepKinds {
    private static final Map<String, StepKind> BY_NAME = load();

    private StepKinds() {}

    public static List<StepKind> all() {
        return List.copyOf(BY_NAME.values());
    }

    static Map<String, StepKind> byName() {
        return BY_NAME;
    }

    private static Map<String, StepKind> load() {
        Map<String, StepKind> kinds = new LinkedHashMap<>();
        for (StepKind kind : ServiceLoader.load(StepKind.class, StepKinds.class.getClassLoader())) {
            if (kinds.put(kind.name(), kind) != null) {
                throw new IllegalStateException("two steps have the name " + kind.name());
            }
        }
        return Collections.unmodifiableMap(kinds);
    }
}
