package dev.temper.contract;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A failure somebody can act on: a stable code for programs, a sentence for people (what happened, where, why), what to
 * do about it, and whose it is. Codes are lower snake case, are never reused, and are documented by the error pages.
 */
public final class CodedException extends RuntimeException {
    /** Whose failure it is, and so whether trying again can help. */
    public enum Category {
        /** Data or settings the user chose; trying again changes nothing. */
        USER,
        /** Memory, disk or time ran out; other settings would fit. */
        RESOURCES,
        /** Our own fault or a passing one; worth a retry. */
        INTERNAL
    }

    private final String code;
    private final Category category;
    private final String remedy;
    private final transient Map<String, Object> details = new LinkedHashMap<>();

    public CodedException(String code, Category category, String message, String remedy) {
        super(message);
        this.code = code;
        this.category = category;
        this.remedy = remedy;
    }

    public static CodedException user(String code, String message, String remedy) {
        return new CodedException(code, Category.USER, message, remedy);
    }

    public static CodedException resources(String code, String message, String remedy) {
        return new CodedException(code, Category.RESOURCES, message, remedy);
    }

    public static CodedException internal(String code, String message, String remedy) {
        return new CodedException(code, Category.INTERNAL, message, remedy);
    }

    /** Adds one fact a program or a page may show by itself, such as the line or the column's name. */
    public CodedException with(String key, Object value) {
        details.put(key, value);
        return this;
    }

    /** Keeps the cause for the log. */
    public CodedException because(Throwable cause) {
        initCause(cause);
        return this;
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    public String code() {
        return code;
    }

    public Category category() {
        return category;
    }

    /** What to change; empty where nothing can be advised. */
    public String remedy() {
        return remedy;
    }

    public Map<String, Object> details() {
        return Map.copyOf(details);
    }
}
