package dev.temper.data.shape;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Leaves the making of a row with a reason; never leaves this package. */
final class Unfit extends RuntimeException {
    private final ShapeCode code;
    private final @Nullable String column;
    private final transient Map<String, Object> facts;

    private Unfit(ShapeCode code, @Nullable String column, Map<String, Object> facts) {
        super(code.code(), null, false, false);
        this.code = code;
        this.column = column;
        this.facts = facts;
    }

    static Unfit at(String column, ShapeCode code) {
        return new Unfit(code, column, Map.of("column", column));
    }

    static Unfit at(String column, ShapeCode code, String fact, Object value) {
        return new Unfit(code, column, Map.of("column", column, fact, value));
    }

    static Unfit of(ShapeCode code, Map<String, Object> facts) {
        return new Unfit(code, null, facts);
    }

    ShapeCode code() {
        return code;
    }

    @Nullable
    String column() {
        return column;
    }

    Map<String, Object> facts() {
        return facts;
    }
}
