package dev.temper.platform.common;

import java.util.Map;

/** What is wrong with one field: where (a JSON pointer into the body, or the parameter's name), which code, which facts. */
public record Fault(String pointer, ErrorCode code, Map<String, Object> facts) {
    public Fault {
        facts = Map.copyOf(facts);
    }

    public static Fault of(String pointer, ErrorCode code) {
        return new Fault(pointer, code, Map.of());
    }
}
