package dev.temper.platform.common;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Gathers what is wrong with a request, so that all of it is told at once. */
public final class Faults {
    private final List<Fault> found = new ArrayList<>();

    public Faults add(String pointer, ErrorCode code) {
        return add(pointer, code, Map.of());
    }

    public Faults add(String pointer, ErrorCode code, Map<String, Object> facts) {
        found.add(new Fault(pointer, code, facts));
        return this;
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** Ends the request if anything was found. */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw Problem.ofFields(found);
        }
    }
}
