package dev.temper.platform.common;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The request cannot be done, and this is why: a code, the facts its sentence names, and the fields that are wrong.
 * Becomes an RFC 9457 problem for programs and a message for people, each in the language asked for.
 */
public final class Problem extends RuntimeException {
    private final ErrorCode code;
    private final Map<String, Object> facts = new LinkedHashMap<>();
    private final @Nullable String pointer;
    private final List<Fault> faults;
    private @Nullable Duration retryAfter;
    private @Nullable Throwable cause;

    Problem(ErrorCode code) {
        this(code, null, List.of());
    }

    Problem(ErrorCode code, String pointer) {
        this(code, pointer, List.of());
    }

    private Problem(ErrorCode code, @Nullable String pointer, List<Fault> faults) {
        // What a user did wrong needs no stack; what we did wrong does.
        super(code.code(), null, false, code.status() >= 500);
        this.code = code;
        this.pointer = pointer;
        this.faults = List.copyOf(faults);
    }

    /** Several fields are wrong; a single one speaks for itself. */
    public static Problem ofFields(List<Fault> faults) {
        return new Problem(ErrorCode.FIELDS_NOT_ACCEPTED, null, faults).with("count", faults.size());
    }

    /** Adds a fact the sentence names, as in {@code .with("email", email)}. */
    public Problem with(String fact, Object value) {
        facts.put(fact, value);
        return this;
    }

    /** Says when asking again makes sense. */
    public Problem retryAfter(Duration wait) {
        this.retryAfter = wait;
        return this;
    }

    /** Keeps the cause for the log; it is never shown. */
    public synchronized Problem because(Throwable cause) {
        this.cause = cause;
        return this;
    }

    public ErrorCode code() {
        return code;
    }

    public Map<String, Object> facts() {
        return Collections.unmodifiableMap(facts);
    }

    /** The wrong fields; empty where the request as a whole is at fault. */
    public List<Fault> faults() {
        return pointer == null ? faults : List.of(new Fault(pointer, code, facts));
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    @Override
    public synchronized @Nullable Throwable getCause() {
        return cause;
    }

    @Override
    public String getMessage() {
        return code.code() + (facts.isEmpty() ? "" : " " + facts) + (faults.isEmpty() ? "" : " " + faults);
    }
}
