package dev.temper.trainer.supervise;

import dev.temper.contract.CodedException;
import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The kinds of runs this worker can do. */
public final class RunKinds {
    private final TreeMap<String, RunKind> kinds = new TreeMap<>();

    private RunKinds(Iterable<RunKind> found) {
        for (RunKind kind : found) {
            if (kinds.put(kind.name(), kind) != null) {
                throw CodedException.internal(
                        "run_kind_twice",
                        "Two kinds of runs are called " + kind.name() + ".",
                        "Leave one of the libraries that bring them out.");
            }
        }
    }

    /** All that the class path holds. */
    public static RunKinds installed() {
        return of(ServiceLoader.load(RunKind.class));
    }

    static RunKinds of(Iterable<RunKind> kinds) {
        return new RunKinds(kinds);
    }

    public List<String> names() {
        return List.copyOf(kinds.keySet());
    }

    /** @throws CodedException {@code run_kind_unknown} */
    public RunKind named(String name) {
        RunKind kind = kinds.get(name);
        if (kind == null) {
            throw CodedException.user(
                            "run_kind_unknown",
                            "This worker can't do runs of the kind " + name + ".",
                            "Choose one of " + String.join(", ", names()) + ", or install what brings it.")
                    .with("kind", name);
        }
        return kind;
    }
}
