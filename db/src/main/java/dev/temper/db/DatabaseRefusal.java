package dev.temper.db;

/** Why the platform won't work on this database: a stable code, what is wrong, and what to do about it. */
public final class DatabaseRefusal extends RuntimeException {
    private final String code;
    private final String remedy;

    DatabaseRefusal(String code, String message, String remedy) {
        super(message);
        this.code = code;
        this.remedy = remedy;
    }

    DatabaseRefusal because(Throwable cause) {
        initCause(cause);
        return this;
    }

    public String code() {
        return code;
    }

    public String remedy() {
        return remedy;
    }
}
